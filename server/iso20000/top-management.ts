import type { Approval, EntityKey } from '../../language/model/declarations.ts';
import type { IsoDate } from '../../language/values/date.ts';
import { lastApproval } from '../assessment/approvals.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall, type Remark } from '../assessment/remark.ts';
import { query, type RuleContext } from '../assessment/rule.ts';
import { listed, named } from '../assessment/wording.ts';

/** Ids of who is top management: as the organization names them, with the people of teams and roles it names, and roles that these hold. */
const topManagement = query('top management', ({ model }) => {
  const ids = new Set(model.all('Organization').flatMap((organization) => organization.topManagement).filter(isFilledIn));
  for (const id of [...ids]) {
    for (const holder of model.get('Role', id)?.holders ?? []) ids.add(holder);
    const team = model.get('Team', id);
    for (const member of [...(team?.lead === undefined ? [] : [team.lead]), ...(team?.members ?? [])]) ids.add(member);
  }
  for (const role of model.all('Role')) if (role.holders.some((holder) => ids.has(holder))) ids.add(role.name);
  return [...ids].sort();
});

/** Ids of who is top management. */
export function topManagementIds(context: RuleContext): readonly string[] {
  return context.read(topManagement);
}

export function isTopManagement(id: string | undefined, context: RuleContext): boolean {
  return id !== undefined && context.read(topManagement).includes(id);
}

/** Whether anybody is named as top management. */
export function hasTopManagement(context: RuleContext): boolean {
  return context.read(topManagement).length > 0;
}

/** The day of the latest approval by top management. */
export function approvedByTopManagement(approvals: readonly Approval[], context: RuleContext): IsoDate | undefined {
  return lastApproval(
    approvals.filter(({ by }) => isTopManagement(by, context)),
    context.asOf,
  )?.on;
}

interface Approved {
  readonly $key: EntityKey;
  readonly name: string;
  readonly title?: string | undefined;
  readonly approvals: readonly Approval[];
}

/** Asks for an approval by top management, `what` being the thing's kind in words. */
export function checkApprovedByTopManagement(subject: Approved, what: string, context: RuleContext): readonly Remark[] {
  if (approvedByTopManagement(subject.approvals, context) !== undefined) return [];
  const others = subject.approvals.filter((approval) => lastApproval([approval], context.asOf) !== undefined);
  if (!hasTopManagement(context)) return [noTopManagement(`so nobody is seen to have approved ${what} ${named(subject)} for it`, context)];
  if (others.length > 0) {
    return [
      shortfall(`${capital(what)} ${named(subject)} was approved by ${listed([...new Set(others.map(({ by }) => by))])}, which is not top management.`, {
        place: placeOf(subject, 'approvals', subject.approvals.indexOf(others.at(-1)!), 'by'),
        fixes: [addFact('Say who of top management approved it and when', placeOf(subject), 'approved by ${1:TODO} on ${2:0000-00-00}')],
      }),
    ];
  }
  return [
    shortfall(`Nobody of top management has approved ${what} ${named(subject)}.`, {
      place: placeOf(subject, 'approvals'),
      fixes: [addFact('Say who approved it and when', placeOf(subject), 'approved by ${1:TODO} on ${2:0000-00-00}')],
    }),
  ];
}

/** The gap that nobody is named as top management; `so` says what therefore cannot be told. */
export function noTopManagement(so: string, { model }: RuleContext): Remark {
  const organization = model.all('Organization')[0];
  return shortfall(`The organization names no top management, ${so}. Name who directs it at the highest level: top management WHO.`, {
    fixes: organization ? [addFact('Name top management', placeOf(organization), 'top management ${1:TODO}')] : [],
  });
}

function capital(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
