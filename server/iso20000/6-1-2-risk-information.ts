/** Clause 6.1.2, what is documented about risks and opportunities. */
import type { Service } from '../../language/model/declarations.ts';
import { isFilledIn, isNotZero, someFilledIn } from '../assessment/filled-in.ts';
import { documentApproved, ownDocument } from '../assessment/own-document.ts';
import { addDeclaration, placeOf, shortfall, type Remark } from '../assessment/remark.ts';
import { declareFixes, each, query, rule, system, type Rule, type RuleContext, type RulePart } from '../assessment/rule.ts';
import { stated, type Wanted } from '../assessment/stated.ts';
import { named } from '../assessment/wording.ts';
import { otherPartiesInvolved } from './other-parties.ts';
import { categoryOf, checkReassessed, eachOpportunity, eachRisk, isAcceptedBySomebody, isDetermined, isWithin, lastAssessed, levelOf, limitInWords, limitOf, riskScaffold, type Risk, type RiskCategory, type RiskMethod } from './risks.ts';
import { isDelivered, isInUse } from './services-in-scope.ts';

const kind = 'The risk';
const methodKind = 'risk-method';

function rated({ likelihood, impact, owner }: Risk): readonly Wanted[] {
  return [
    { said: isNotZero(likelihood), what: 'how likely it is', line: 'likelihood ${1:0}' },
    { said: isNotZero(impact), what: 'how great its impact would be', line: 'impact ${1:0}' },
    { said: isFilledIn(owner), what: 'who owns it', line: 'owner ${1:TODO}' },
  ];
}

function assessed(risk: Risk, context: RuleContext): Wanted {
  return { said: lastAssessed(risk, context) !== undefined, what: 'when it was assessed', line: 'assessed ${1:0000-00-00}' };
}

export const organizationRisks: Rule = rule('6.1.2.a1', {
  // The declared risk is what is documented.
  evidence: 'derived',
  parts: [
    eachRisk((risk, context) => (categoryOf(risk, context) === 'organization' ? checkReassessed(risk, '6.1.2.a1', context) : [])),
    system((context) => {
      const all = context.model.all('Risk').filter(isDetermined);
      const risks = all.filter((risk) => categoryOf(risk, context) === 'organization');
      if (risks.length === 0) return all.length === 0 ? [] : [shortfall('No risk is of category organization.', { fixes: declareFixes(context, riskScaffold('Declare a risk of the organization', 'organization')) })];
      const remarks = risks.map((risk) =>
        stated(risk, kind, [
          { said: isFilledIn(risk.cause), what: 'why it may happen', line: 'cause "${1:TODO why it may happen}"' },
          { said: isFilledIn(risk.consequence), what: 'what would come of it', line: 'consequence "${1:TODO what would come of it}"' },
          ...rated(risk),
          assessed(risk, context),
        ]),
      );
      return remarks.find((own) => own.length === 0) ?? remarks[0]!;
    }),
  ],
});

/**
 * Asks that risks of a subject are documented: one that is rated and owned. Where there are some, but none that is, the first says so; and
 * each is assessed again at its interval.
 */
function risksOf(risks: readonly Risk[], row: string, missing: () => Remark, context: RuleContext): readonly Remark[] {
  if (risks.length === 0) return [missing()];
  const remarks = risks.map((risk) => stated(risk, kind, [...rated(risk), assessed(risk, context)]));
  return [...(remarks.find((own) => own.length === 0) ?? remarks[0]!), ...risks.flatMap((risk) => checkReassessed(risk, row, context))];
}

/** What tells which services and parties risks are about. */
const register = query('what risks are about', (context) => context.model.all('Risk').filter(isDetermined).map((risk) => ({ name: risk.name, category: categoryOf(risk, context), affects: risk.affects, parties: risk.parties })));

function risksThat(isMeant: (risk: { readonly category: RiskCategory | undefined; readonly affects: readonly string[]; readonly parties: readonly string[] }) => boolean, context: RuleContext): readonly Risk[] {
  return context.read(register).flatMap((entry) => (isMeant(entry) ? (context.model.get('Risk', entry.name) ?? []) : []));
}

/** Names under which a risk may affect a service: its own, and those of configuration items that it consists of or needs. */
function affectedNames({ name, items, components, dependencies }: Service, { model }: RuleContext): readonly string[] {
  const supporting = model.referrers('Service', name).flatMap(({ entity: { node } }) => (node.$type === 'ConfigurationItem' && node.supports.includes(name) ? [node.name] : []));
  const needed = dependencies.flatMap(({ on }) => on).filter((id) => model.get('ConfigurationItem', id) !== undefined);
  return [name, ...items, ...components.flatMap(({ item }) => item ?? []), ...needed, ...supporting];
}

export const serviceRisks: Rule = rule('6.1.2.a2', {
  evidence: 'derived',
  parts: [
    each('Service', {
      none: null,
      check: (service, context) => {
        // What is only a part of other services is looked at with them.
        if (!isInUse(service, context) || !isDelivered(service, context)) return [];
        const names = affectedNames(service, context);
        // A risk to availability, continuity or security of a service is one of not meeting what is required of it.
        const risks = risksThat(({ category, affects }) => category !== undefined && category !== 'organization' && category !== 'other-parties' && affects.some((id) => names.includes(id)), context);
        const scaffold = riskScaffold('Declare a risk of the service', 'service-requirements', `affects ${service.name}`);
        return risksOf(
          risks,
          '6.1.2.a2',
          () => shortfall(`No risk of category service-requirements affects ${named(service)}: nothing says what may keep it from what is required of it.`, { place: placeOf(service), fixes: [addDeclaration(scaffold.title, placeOf(service), scaffold.text)] }),
          context,
        );
      },
    }),
    // There may be no service yet of which a risk could be told.
    system(({ model }) => (model.all('Service').length > 0 ? [] : [shortfall('No service is declared of which risks could be told.')])),
  ],
});

export const otherPartyRisks: Rule = rule('6.1.2.a3', {
  trigger: otherPartiesInvolved,
  evidence: 'derived',
  parts: [
    each('Supplier', {
      none: null,
      check: (supplier, context) => {
        const risks = risksThat(({ category, parties }) => category !== 'organization' && category !== 'service-requirements' && parties.includes(supplier.name), context);
        const scaffold = riskScaffold('Declare a risk of the supplier', 'other-parties', `party ${supplier.name}`);
        return risksOf(
          risks,
          '6.1.2.a3',
          () => shortfall(`No risk of category other-parties names ${named(supplier)} (party ${supplier.name}): nothing says what may go wrong because others take part.`, { place: placeOf(supplier), fixes: [addDeclaration(scaffold.title, placeOf(supplier), scaffold.text)] }),
          context,
        );
      },
    }),
  ],
});

const impact = (customerImpact: string | undefined): Wanted => ({ said: isFilledIn(customerImpact), what: 'what customers would notice', line: 'customer impact "${1:TODO what customers would notice}"' });

export const customerImpact: Rule = rule('6.1.2.b', {
  evidence: 'derived',
  parts: [eachRisk((risk) => stated(risk, kind, [impact(risk.customerImpact)])), eachOpportunity((opportunity) => stated(opportunity, 'The opportunity', [impact(opportunity.customerImpact)]))],
});

/** A check of each risk method, and of there being one. */
function eachMethod(check: (method: RiskMethod, context: RuleContext) => readonly Remark[]): readonly RulePart[] {
  return each('RiskMethod', {
    none: {
      message: 'No risk method is declared: nothing says how risks are judged and which may be accepted.',
      declare: {
        title: 'Declare the risk method',
        text: 'risk method ${1:risk-method} "${2:How risks are judged}" {\n  approach "${3:TODO who looks at risks, how and when}"\n  accept level <= ${4:0}\n  file "${5:TODO path of the document}"\n  approved by ${6:TODO} on ${7:0000-00-00}\n  review every 12mo\n}',
      },
    },
    check,
  });
}

export const acceptanceCriteria: Rule = rule('6.1.2.c', {
  evidence: 'derived',
  parts: [
    eachMethod((method, context) =>
      stated(method, 'The risk method', [
        { said: isNotZero(method.level) || someFilledIn(method.criteria), what: 'which risks may be accepted', line: 'accept level <= ${1:0}' },
        { said: documentApproved(method, methodKind, context), what: 'who approved it and when', line: 'approved by ${1:TODO} on ${2:0000-00-00}' },
      ]),
    ),
    each('Risk', {
      where: (risk) => isDetermined(risk) && risk.treatment === 'accept',
      none: null,
      check: (risk, context) => {
        if (isAcceptedBySomebody(risk, context)) return [];
        const limit = limitOf(risk, context);
        const level = levelOf(risk);
        if (limit && level !== undefined && isWithin(level, limit)) return [];
        const why = !limit ? 'the risk method names no level up to which risks may be (accept level <= …)' : level === undefined ? 'its level is not known (likelihood and impact)' : `its level is ${level}, above what may be (${limitInWords(limit)})`;
        return [
          shortfall(`The risk ${named(risk)} is accepted, but ${why}, and nobody has accepted it by name.`, {
            place: placeOf(risk, 'treatment'),
            fixes: [{ title: 'Say who accepted it', edits: [{ kind: 'addFact', place: placeOf(risk), text: 'accepted by ${1:TODO} on ${2:0000-00-00}' }] }],
          }),
        ];
      },
    }),
  ],
});

export const riskApproach: Rule = rule('6.1.2.d', {
  evidence: 'derived',
  parts: [
    eachMethod((method, context) => [
      ...stated(method, 'The risk method', [{ said: isFilledIn(method.approach), what: 'which approach is taken', line: 'approach "${1:TODO who looks at risks, how and when}"' }]),
      ...ownDocument(method, { what: 'The risk method', kind: methodKind, interval: context.plannedInterval('6.1.2.d') }, context),
    ]),
  ],
});
