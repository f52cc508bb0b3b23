/** Clause 10.1.2, documented information on nonconformities. */
import { catalogue } from '../../language/catalogue/catalogue.ts';
import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { filledIn } from '../assessment/actions.ts';
import { latestOf } from '../assessment/dates.ts';
import { documented } from '../assessment/documents.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { shown, type Remark } from '../assessment/remark.ts';
import { each, query, rule, type Query, type Rule, type RuleContext, type Trigger } from '../assessment/rule.ts';
import { stated, type Wanted } from '../assessment/stated.ts';
import { isChecked, isNonconformity, nonconformityOccurs } from './nonconformities.ts';

type Nonconformity = DeclarationTypes['Nonconformity'];

interface RecordsOptions {
  readonly includes?: (nonconformity: Nonconformity) => boolean;
  readonly trigger?: Query<Trigger>;
  readonly wanted: (nonconformity: Nonconformity, context: RuleContext) => readonly Wanted[];
  /** Whether another record tells of it, such as the report of the audit that found it. */
  readonly told?: (nonconformity: Nonconformity, context: RuleContext) => boolean;
}

function records(row: string, { includes = () => true, trigger = nonconformityOccurs, wanted, told }: RecordsOptions): Rule {
  const known = catalogue.row(row);
  const register = known ? documented(known) : undefined;
  return rule(row, {
    trigger,
    evidence: 'derived',
    parts: [
      each('Nonconformity', {
        where: (nonconformity) => isNonconformity(nonconformity) && includes(nonconformity),
        none: null,
        check: (nonconformity, context): readonly Remark[] => {
          const isRegistered = register?.check(context).every(({ kind }) => kind !== 'shortfall') ?? false;
          const remarks = stated(
            nonconformity,
            'The nonconformity',
            [
              ...wanted(nonconformity, context),
              { said: isRegistered || hasEvidence(nonconformity, context) || told?.(nonconformity, context) === true, what: 'where its record is kept', line: 'evidence ${1:TODO}' },
            ],
            'evidenced',
          );
          return remarks.length > 0 ? remarks : [shown('evidenced')];
        },
      }),
    ],
  });
}

/** Evidence of its own. What is kept as a record does not become invalid with time. */
function hasEvidence({ evidence }: Nonconformity, { model, asOf }: RuleContext): boolean {
  return evidence.some((id) => {
    const found = model.get('Evidence', id);
    return found !== undefined && (isFilledIn(found.file) || isFilledIn(found.link)) && latestOf([found.dated], asOf) !== undefined;
  });
}

export const natureAndActionsRecorded: Rule = records('10.1.2.a', {
  wanted: ({ nature, title, actions }) => [
    { said: isFilledIn(nature) || isFilledIn(title), what: 'what it is', line: 'nature "${1:TODO what was not as required}"' },
    { said: filledIn(actions).length > 0, what: 'what is done so that it does not happen again', line: 'action "${1:TODO what is done}" owner ${2:TODO} due ${3:0000-00-00}' },
  ],
  told: ({ source }, { model }) => source !== undefined && isFilledIn(model.get('Audit', source)?.file),
});

function isClosed({ status, closed }: Nonconformity): boolean {
  return status === 'closed' || closed !== undefined;
}

const nonconformityClosed: Query<Trigger> = query('whether a nonconformity is closed', ({ model }) =>
  model.all('Nonconformity').some((nonconformity) => isNonconformity(nonconformity) && isClosed(nonconformity)) ? { applies: true } : { applies: false, reason: 'no nonconformity is closed' },
);

export const resultsRecorded: Rule = records('10.1.2.b', {
  includes: isClosed,
  trigger: nonconformityClosed,
  wanted: (nonconformity, { asOf }) => [
    { said: isChecked(nonconformity, asOf), what: 'whether its actions were effective', line: 'effective ${1:no} checked ${2:0000-00-00}' },
    { said: latestOf([nonconformity.closed], asOf) !== undefined, what: 'when it was closed', line: 'closed ${1:0000-00-00}' },
  ],
});
