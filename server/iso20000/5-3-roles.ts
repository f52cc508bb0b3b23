/** Clause 5.3, organizational roles, responsibilities and authorities. */
import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { latestOf } from '../assessment/dates.ts';
import { someFilledIn } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall, type Remark } from '../assessment/remark.ts';
import { declareFixes, each, rule, system, type Rule, type RuleContext } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { named } from '../assessment/wording.ts';
import { isHeld, isInUse } from './roles-in-use.ts';
import { dutyRemarks } from './step-duties.ts';

type Role = DeclarationTypes['Role'];

export const rolesAssigned: Rule = rule('5.3.1', {
  parts: [
    system((context) => {
      if (context.model.all('Role').some((role) => isHeld(role, context))) return [];
      return [
        shortfall('No role is declared that somebody holds, so no responsibility and no authority is assigned.', {
          fixes: declareFixes(context, {
            title: 'Declare a role',
            text: 'role ${1:service-manager} "${2:TODO title}" held by ${3:TODO} {\n  responsibilities "${4:TODO what it answers for}"\n  authorities "${5:TODO what it may do}"\n  assigned ${6:0000-00-00}\n  communicated ${7:0000-00-00}\n}',
          }),
        }),
      ];
    }),
    each('Role', {
      none: null,
      check: (role, context) => (isInUse(role, context) ? checkComplete(role, context) : []),
    }),
    each('Process', { none: null, check: dutyRemarks }),
  ],
});

function checkComplete(role: Role, { model, asOf }: RuleContext): readonly Remark[] {
  return stated(role, 'The role', [
    { said: someFilledIn(role.responsibilities), what: 'what it answers for', line: 'responsibilities "${1:TODO what it answers for}"' },
    { said: someFilledIn(role.authorities), what: 'what it may do', line: 'authorities "${1:TODO what it may do}"' },
    { said: isHeld(role, { model }), what: 'who holds it', line: 'held by ${1:TODO}' },
    { said: latestOf([role.assigned], asOf) !== undefined, what: 'since when it is assigned', line: 'assigned ${1:0000-00-00}' },
    { said: latestOf([role.communicated], asOf) !== undefined, what: 'when it was made known', line: 'communicated ${1:0000-00-00}' },
  ]);
}

/** A responsibility that a role that is held has to have, by the word of the catalogue. */
function responsibility(row: string, word: string, what: string, id: string): Rule {
  return rule(row, {
    parts: [
      system((context): readonly Remark[] => {
        const roles = context.model.all('Role').filter(({ responsibilities }) => responsibilities.some((text) => text.toLowerCase().replaceAll(' ', '-') === word));
        if (roles.some((role) => isHeld(role, context))) return [];
        const [role] = roles;
        if (role) return [shortfall(`Nobody holds the role ${named(role)}, which is ${what}.`, { place: placeOf(role), fixes: [addFact('Say who holds it', placeOf(role), 'held by ${1:TODO}')] })];
        return [
          shortfall(`No role is ${what}: one with “responsibilities ${word}”, held by somebody.`, {
            fixes: declareFixes(context, { title: `Declare a role that is ${what}`, text: `role \${1:${id}} "\${2:TODO title}" held by \${3:TODO} {\n  responsibilities ${word}\n  authorities "\${4:TODO what it may do}"\n}` }),
          }),
        ];
      }),
    ],
  });
}

export const conformity: Rule = responsibility('5.3.a', 'sms-conformity', 'responsible for seeing that the system meets the standard', 'system-manager');
export const reporting: Rule = responsibility('5.3.b', 'performance-reporting', 'responsible for reporting the performance of the system and the services to top management', 'reporting-manager');
