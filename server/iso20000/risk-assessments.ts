import type { DeclarationTypes } from '../../language/model/declarations.ts';
import type { IsoDate } from '../../language/values/date.ts';
import { dateOf, intervalAfter } from '../assessment/dates.ts';
import { documentFault } from '../assessment/documents.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { placeOf, shortfall, shown, type Remark } from '../assessment/remark.ts';
import { declareFixes, query, system, type NewDeclaration, type Query, type RuleContext, type SystemPart } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { firstOf, named } from '../assessment/wording.ts';
import { levelOf } from './risks.ts';
import { isInUse } from './services-in-scope.ts';

type RiskAssessment = DeclarationTypes['RiskAssessment'];
export type RiskDomain = keyof typeof domains;

/** Domains whose risks are assessed by themselves: the row that asks for it, how people call them, and whether each service is looked at. */
const domains = {
  availability: { row: '8.7.1.1', words: 'service availability', everyService: true },
  continuity: { row: '8.7.2.1', words: 'service continuity', everyService: true },
  'information-security': { row: '8.7.3.2.1', words: 'information security', everyService: false },
} as const;

function performedOn({ performed }: RiskAssessment, asOf: IsoDate): IsoDate | undefined {
  const date = dateOf(performed);
  return date !== undefined && date <= asOf ? date : undefined;
}

function assessmentsOf(domain: RiskDomain, { model }: RuleContext): readonly RiskAssessment[] {
  return model.all('RiskAssessment').filter((assessment) => assessment.domain === domain);
}

/** Whether what was found can be read: in its file or a declared document, or as likelihood and impact of each risk that it names. */
function isDocumented({ domain, file, risks }: RiskAssessment, context: RuleContext): boolean {
  const { model } = context;
  if (isFilledIn(file) || risks.every((id) => isRated(model.get('Risk', id)))) return true;
  const kind = domain === 'information-security' ? 'security-risks' : `${domain}-risks`;
  return model.all('ControlledDocument').some((document) => document.kinds.includes(kind) && documentFault(document, { mode: 'retain' }, context) === undefined);
}

function isRated(risk: DeclarationTypes['Risk'] | undefined): boolean {
  return risk !== undefined && levelOf(risk) !== undefined;
}

function scaffold(domain: RiskDomain): NewDeclaration {
  const { words, everyService } = domains[domain];
  return {
    title: `Declare a risk assessment of ${words}`,
    text: `risk assessment \${1:${domain}-risks} "\${2:Risks to ${words}}" of ${domain} {\n  performed \${3:0000-00-00}\n  risks \${4:TODO}\n${everyService ? '  services all\n' : ''}}`,
  };
}

/**
 * Asks for a dated assessment of the risks of a domain within its interval, which names risks and whose results can be read; and, where
 * each service is looked at, that those within their interval together look at every service that is in use.
 */
export function assessedAtIntervals(domain: RiskDomain): SystemPart {
  const { row, words, everyService } = domains[domain];
  return system((context): readonly Remark[] => {
    const { model, asOf } = context;
    const planned = context.plannedInterval(row);
    const fixes = declareFixes(context, scaffold(domain));
    const declared = assessmentsOf(domain, context);
    const performed = declared.filter((assessment) => performedOn(assessment, asOf) !== undefined).toSorted((a, b) => (a.performed! > b.performed! ? -1 : 1));
    const [latest] = performed;
    if (!latest) {
      const [first] = declared;
      if (first) return stated(first, 'The risk assessment', [{ said: false, what: 'when it was performed', line: 'performed ${1:0000-00-00}' }], 'evidenced');
      return [shortfall(`No assessment of risks to ${words} is declared; one is due ${planned.words}.`, { axis: 'evidenced', fixes })];
    }
    const dueAfter = (assessment: RiskAssessment): IsoDate | undefined => intervalAfter(performedOn(assessment, asOf)!, assessment.every, planned.months);
    const current = performed.filter((assessment) => (dueAfter(assessment) ?? '') >= asOf);
    if (current.length === 0) {
      const due = dueAfter(latest);
      const interval = latest.every === undefined ? planned.words : `every ${latest.every}`;
      return [shortfall(`Risks to ${words} were last assessed on ${latest.performed} (${named(latest)}); by the interval (${interval}) the next assessment was due${due === undefined ? '' : ` on ${due}`}.`, { place: placeOf(latest, 'performed'), axis: 'evidenced', fixes })];
    }
    const remarks = current.flatMap((assessment) =>
      stated(
        assessment,
        'The risk assessment',
        [
          { said: assessment.risks.some((id) => model.get('Risk', id) !== undefined), what: 'which risks were found', line: 'risks ${1:TODO}' },
          { said: isDocumented(assessment, context), what: 'where its results are written: a file, or likelihood and impact of each of its risks', line: 'file "${1:TODO path of the document}"' },
        ],
        'evidenced',
      ),
    );
    const covered = everyService ? context.read(assessedServices(domain)) : [];
    const missing = everyService ? model.all('Service').filter((service) => isInUse(service, context) && !covered.includes(service.name)) : [];
    if (missing.length > 0) {
      remarks.push(
        shortfall(`The risk assessment ${named(latest)} does not look at ${firstOf(missing.map(named))}: services all, or each by name.`, {
          place: placeOf(latest, 'services', 0),
          axis: 'evidenced',
          related: missing.slice(0, 5).map((service) => ({ place: placeOf(service), message: 'A service whose risks were not assessed' })),
          fixes: latest.services.length === 0 ? [{ title: 'It looks at all services', edits: [{ kind: 'addFact', place: placeOf(latest), text: 'services all' }] }] : [],
        }),
      );
    }
    return remarks.length > 0 ? remarks : [shown('evidenced')];
  });
}

function servicesAssessed(domain: RiskDomain): Query<readonly string[]> {
  return query(`services whose risks to ${domain} were assessed`, (context) => {
    const { model, asOf } = context;
    const { months } = context.plannedInterval(domains[domain].row);
    const found = new Set<string>();
    for (const assessment of assessmentsOf(domain, context)) {
      const on = performedOn(assessment, asOf);
      const due = on && intervalAfter(on, assessment.every, months);
      if (due === undefined || due < asOf) continue;
      for (const id of assessment.allServices ? model.all('Service').map(({ name }) => name) : assessment.services) found.add(id);
    }
    return [...found].sort();
  });
}

const queries: Readonly<Record<RiskDomain, Query<readonly string[]>>> = {
  availability: servicesAssessed('availability'),
  continuity: servicesAssessed('continuity'),
  'information-security': servicesAssessed('information-security'),
};

/** Ids of services that an assessment of the domain looks at which is within its interval. */
export function assessedServices(domain: RiskDomain): Query<readonly string[]> {
  return queries[domain];
}
