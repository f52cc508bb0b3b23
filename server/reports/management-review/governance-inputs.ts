/** Inputs from the registers of the system: earlier actions, issues, nonconformities, audits, policies. */
import { addMonths, isDate } from '../../../language/values/date.ts';
import { filledIn } from '../../assessment/actions.ts';
import type { Block, Cell } from '../blocks.ts';
import { at, column, count, date, paragraph, table, unknown, words as text } from '../block-builders.ts';
import { titleById, titleOf } from '../facts/names.ts';
import { sourcePlace } from '../parts/places.ts';
import { openNonconformities } from '../dashboard/governance.ts';
import { gradeInWords } from '../facts/declared-words.ts';
import { actionsInWords, nextReviewOf } from '../registers/in-words.ts';
import { actionCells } from './action-cells.ts';
import type { ReviewContext } from './review-context.ts';

/** More rows than this nobody reads in a meeting; the caption counts them all. */
const mostRows = 60;

/** Of a first review there is nothing to follow up, which is no gap. */
export function earlierActionBlocks(context: ReviewContext): readonly Block[] {
  const { input: { words }, earlier } = context;
  if (earlier.length === 0) return [paragraph(words.say('No review was held before, so there is nothing to follow up.'))];
  const actions = earlier.flatMap((review) => filledIn(review.decisions.map(({ action }) => action)).filter(({ owner, due, via, done }) => owner !== undefined || due !== undefined || via !== undefined || done !== undefined).map((action) => ({ review, action })));
  if (actions.length === 0) return [paragraph(words.say('The reviews before gave nobody anything to do.'))];
  return [
    table(
      [column(words.say('Action'), 'text', { width: 'wide' }), column(words.say('Review')), column(words.say('Owner')), column(words.say('Due'), 'date'), column(words.say('State'), 'text', { width: 'narrow' })],
      actions.slice(0, mostRows).map(({ review, action }): Cell[] => [text(action.text), text(titleOf(review)), ...actionCells(context, action)]),
    ),
  ];
}

export function issueBlocks({ input: { model, words, locator }, since }: ReviewContext): readonly Block[] {
  const issues = model.all('ContextIssue');
  if (issues.length === 0) return [];
  const isNew = (determined: string | undefined): boolean => determined !== undefined && (since === undefined || determined > since);
  const changed = issues.filter(({ determined, reviewed }) => isNew(determined) || (reviewed !== undefined && (since === undefined || reviewed > since)));
  if (changed.length === 0) return [paragraph(words.count(issues.length, 'The only issue was neither determined nor reviewed since then.', 'None of {0} issues was determined or reviewed since then.'))];
  return [
    table(
      [column(words.say('Issue')), column(words.say('Kind'), 'text', { width: 'narrow' }), column(words.say('Relevance'), 'text', { width: 'wide' }), column(words.say('Determined'), 'date'), column(words.say('Last reviewed'), 'date')],
      changed.slice(0, mostRows).map((issue): Cell[] => [
        text(at(sourcePlace(locator, { entity: issue.$key }), titleOf(issue))),
        text(issue.kind === 'external' ? words.say('external') : issue.kind === 'internal' ? words.say('internal') : ''),
        text(issue.relevance ?? ''),
        date(issue.determined), date(issue.reviewed),
      ]),
      { caption: [words.say('{0} of {1} issues are new or were reviewed; {2} are new.', changed.length, issues.length, issues.filter(({ determined }) => isNew(determined)).length)] },
    ),
  ];
}

export function nonconformityBlocks({ input, since, until }: ReviewContext): readonly Block[] {
  const { model, words, locator } = input;
  const all = model.all('Nonconformity');
  if (all.length === 0) return [];
  const open = openNonconformities(input);
  const inBetween = (day: string | undefined): boolean => day !== undefined && day <= until && (since === undefined || day > since);
  const [detected, closed] = [all.filter((one) => inBetween(one.detected)).length, all.filter((one) => inBetween(one.closed)).length];
  const sentence = paragraph(since === undefined ? words.say('Open: {0}. Detected so far: {1}; closed: {2}.', open.length, detected, closed) : words.say('Open: {0}. Detected since the review before: {1}; closed: {2}.', open.length, detected, closed));
  if (open.length === 0) return [sentence];
  return [
    sentence,
    table(
      [column(words.say('Nonconformity')), column(words.say('Age'), 'number', { unit: words.say('days') }), column(words.say('Grade'), 'text', { width: 'narrow' }), column(words.say('Against')), column(words.say('Cause')), column(words.say('Corrective actions'), 'text', { width: 'wide' })],
      open.slice(0, mostRows).map(({ item, age }): Cell[] => [
        text(at(sourcePlace(locator, { entity: item.$key }), titleOf(item))),
        age === undefined ? unknown() : count(age),
        text(item.grade === undefined ? words.say('not graded') : gradeInWords(words, item.grade)),
        text(item.against.map((id) => id.replace(/^iso20000:/, '')).join(', ')),
        text(item.cause ?? ''),
        item.actions.length === 0 ? unknown(words.say('none')) : text(actionsInWords(input, item.actions).join('; ')),
      ]),
    ),
  ];
}

/** Audits and assessments of the last interval, or since the last review, whichever reaches back further. */
export function auditBlocks({ input: { model, words, locator }, since, until }: ReviewContext): readonly Block[] {
  const year = isDate(until) ? addMonths(until, -12) : until;
  const from = since !== undefined && since < year ? since : year;
  const recent = (day: string | undefined): boolean => day !== undefined && day > from && day <= until;
  const audits = model.all('Audit').filter(({ held }) => recent(held));
  const assessments = model.all('ExternalAssessment').filter(({ performed }) => recent(performed));
  const rows = [
    ...audits.map((audit): { readonly on: string; readonly cells: Cell[] } => ({
      on: audit.held ?? '',
      cells: [
        text(at(sourcePlace(locator, { entity: audit.$key }), titleOf(audit))), text(words.say('internal audit')), date(audit.held), text(audit.covers.map((id) => id.replace(/^iso20000:/, '')).join(', ')),
        text(words.count(audit.findings.length + model.all('Nonconformity').filter(({ source }) => source === audit.name).length, '{0} finding', '{0} findings')), text(audit.conclusion ?? audit.findings.join('; ')),
      ],
    })),
    ...assessments.map((one) => ({ on: one.performed ?? '', cells: [text(at(sourcePlace(locator, { entity: one.$key }), titleOf(one))), text(words.say('external assessment')), date(one.performed), text(one.body ?? ''), text(words.count(model.all('Nonconformity').filter(({ source }) => source === one.name).length, '{0} finding', '{0} findings')), text(one.result ?? '')] })),
  ].toSorted((a, b) => (a.on < b.on ? 1 : -1));
  if (rows.length === 0) return model.all('Audit').length === 0 ? [] : [paragraph(words.say('No audit was held since {0}.', words.dateInWords(from)))];
  return [table([column(words.say('Audit')), column(words.say('Kind'), 'text', { width: 'narrow' }), column(words.say('Held'), 'date'), column(words.say('Covers, or by whom')), column(words.say('Findings'), 'text', { width: 'narrow' }), column(words.say('Conclusion'), 'text', { width: 'wide' })], rows.slice(0, mostRows).map(({ cells }) => cells), { caption: [words.say('Audits and assessments since {0}', words.dateInWords(from))] })];
}

export function policyBlocks({ input: { model, words, locator, asOf, assessment } }: ReviewContext): readonly Block[] {
  const policies = model.all('Policy');
  if (policies.length === 0) return [];
  const gaps = (id: string): number => assessment.findings.filter(({ place, severity }) => !('file' in place) && place.entity === id && severity !== 'information' && severity !== 'hint').length;
  return [
    table(
      [column(words.say('Policy')), column(words.say('Owner')), column(words.say('Approved'), 'date'), column(words.say('Next review'), 'date'), column(words.say('Standing'), 'text', { width: 'wide' })],
      policies.slice(0, mostRows).map((policy): Cell[] => {
        const approval = policy.approvals.toSorted((a, b) => (a.on < b.on ? 1 : -1))[0];
        const due = nextReviewOf(policy.review);
        const found = gaps(policy.$key);
        const standing = [due !== undefined && due < asOf ? words.say('its review is overdue') : undefined, approval === undefined ? words.say('not approved') : undefined, found === 0 ? undefined : words.count(found, '{0} finding', '{0} findings')].filter((one) => one !== undefined);
        return [
          text(at(sourcePlace(locator, { entity: policy.$key }), titleOf(policy))), policy.owner === undefined ? unknown(words.say('not declared')) : text(titleById(model, 'Actor', policy.owner)), date(approval?.on), date(due),
          text(standing.length === 0 ? words.say('no gap found') : words.list(standing)),
        ];
      }),
    ),
  ];
}
