/** Clause 8.5.1.1, change management policy. */
import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { addDeclaration, addFact, placeOf, shortfall, type Remark } from '../assessment/remark.ts';
import { each, query, rule, type Rule } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { counted, named } from '../assessment/wording.ts';
import { changePolicy, ofChangePolicy, policyMonths } from './change-policy.ts';
import { checkPolicyDocument } from './policy-document.ts';

type Category = DeclarationTypes['ChangeCategory'];

const kind = 'The change management policy';

export const policyDocumented: Rule = rule('8.5.1.1.1', {
  evidence: 'derived',
  parts: [ofChangePolicy((policy, context) => checkPolicyDocument(policy, { row: '8.5.1.1.1', words: 'change management policy', documentKind: 'change-policy', months: policyMonths }, context))],
});

export const controlledItems: Rule = rule('8.5.1.1.a', {
  evidence: 'derived',
  parts: [
    ofChangePolicy((policy, { model }) =>
      stated(policy, kind, [
        {
          said: policy.controlledItems.some((item) => model.find('ControlledItem', item) !== undefined),
          what: 'which components of services or types of configuration items are under its control',
          line: 'controls ${1:TODO}',
        },
      ]),
    ),
  ],
});

/** Ids of the categories that the policy names. */
const categoriesOfPolicy = query('categories of the change management policy', (context) => changePolicy(context)?.categories ?? []);

export const categories: Rule = rule('8.5.1.1.b', {
  evidence: 'derived',
  parts: [
    ofChangePolicy((policy, { model }) => {
      const declared = policy.categories.flatMap((id) => model.get('ChangeCategory', id) ?? []);
      const remarks: Remark[] = [];
      const place = placeOf(policy, 'categories', 0);
      if (declared.length < 2) {
        const said = declared.length === 0 ? 'names no category of changes' : `names ${counted(declared.length, 'category', 'categories')} of changes`;
        remarks.push(
          shortfall(`${kind} ${named(policy)} ${said}; there are at least two, one of them for emergencies.`, { place, fixes: [addFact('Name the categories', placeOf(policy), 'categories ${1:TODO}, ${2:TODO}')] }),
        );
      }
      if (!declared.some(({ emergency }) => emergency)) {
        remarks.push(
          shortfall(`No category that ${kind.toLowerCase()} ${named(policy)} names is for emergencies.`, {
            place,
            fixes: [
              addDeclaration('Declare a category for emergencies', placeOf(policy), 'change category ${1:emergency} "${2:TODO title}" {\n  handling "${3:TODO how it is dealt with, and looked at afterwards}"\n  approver ${4:TODO}\n  emergency\n}'),
            ],
          }),
        );
      }
      return remarks;
    }),
    each('ChangeCategory', {
      none: null,
      check: (category, context) => (context.read(categoriesOfPolicy).includes(category.name) ? checkCategory(category) : []),
    }),
  ],
});

/** What is approved once and for all was approved with the policy: it names no approver. */
function checkCategory(category: Category): readonly Remark[] {
  return stated(category, 'The change category', [
    { said: isFilledIn(category.handling), what: 'how its changes are dealt with', line: 'handling "${1:TODO how they are dealt with}"' },
    { said: isFilledIn(category.approver) || category.preapproved, what: 'who approves them', line: 'approver ${1:TODO}' },
  ]);
}

export const majorImpact: Rule = rule('8.5.1.1.c', {
  evidence: 'derived',
  parts: [
    ofChangePolicy((policy) =>
      stated(policy, kind, [{ said: isFilledIn(policy.majorImpact), what: 'when a change may have a major effect on customers or services', line: 'major impact "${1:TODO when a change may have a major effect}"' }]),
    ),
  ],
});
