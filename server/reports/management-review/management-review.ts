/**
 * The pack for a management review (9.3): every input that the clause names, filled from the model and the figures with where
 * each comes from, an empty one as a gap; then what was or is to be decided, by whom, and who signs.
 */
import { actionDone, filledIn, overdueSince } from '../../assessment/actions.ts';
import type { Block, Cell, Document, Inlines, Section } from '../blocks.ts';
import { at, attention, column, definitions, keyFigures, lead, list, note, paragraph, quiet, section, signatures, table, words as text } from '../block-builders.ts';
import { FigureIndex } from '../facts/figures.ts';
import { titleById, titleOf, titlesById } from '../facts/names.ts';
import { sourcePlace } from '../parts/places.ts';
import { reportDocument } from '../report-document.ts';
import type { ReportDefinition, ReportInput } from '../report.ts';
import { message } from '../words/words.ts';
import { reviewInputs, type ReviewInput } from './inputs.ts';
import { actionCells } from './action-cells.ts';
import type { ReviewContext } from './review-context.ts';

export const managementReview: ReportDefinition = {
  id: 'management-review',
  title: 'Management review pack',
  description: 'Every input that clause 9.3 names, filled from model and figures with where it comes from, an empty one as a gap; decisions, actions, attendees, sign-off. Of a review that was held, or for the next.',
  clause: '9.3',
  parameters: { period: true, review: 'optional' },
  build,
};

function build(input: ReportInput): Document {
  const { words } = input;
  const context = contextOf(input);
  const { review, since } = context;
  const sections = reviewInputs.map((one) => inputSection(context, one));
  const empty = sections.filter(({ isEmpty }) => isEmpty);
  return reportDocument(input, {
    id: ['management-review', input.period.id, ...(review === undefined ? [] : [review.name])].join('-'),
    title: words.say('Management review'),
    subtitle: review === undefined ? words.say('For the next review, with figures up to {0}', words.period(input.period.id)) : titleOf(review),
    blocks: [
      keyFigures([
        { name: words.say('Inputs filled'), value: String(reviewInputs.length - empty.length), whole: words.say('of {0}', reviewInputs.length), ...(empty.length === 0 ? {} : { status: 'below' as const }), note: [empty.length === 0 ? words.say('none is empty') : words.say('empty: {0}', words.list(empty.map(({ letter }) => letter)))] },
        ...actionFigure(context),
      ]),
      lead(since === undefined ? words.say('This is the first management review: nothing was reviewed before.') : words.say('What is said to have changed has changed since the review of {0}.', words.dateInWords(since))),
      definitions(opening(context)),
      section(words.say('Inputs'), sections.map(({ block }) => block), { anchor: 'inputs' }),
      decisionSection(context),
      signSection(context),
    ],
  });
}

/** The review that is meant, or one that is declared and not held yet; and when the one before was held. */
function contextOf(input: ReportInput): ReviewContext {
  const { model, asOf } = input;
  const all = model.all('ManagementReview');
  const chosen = model.get('ManagementReview', input.review);
  const review = chosen ?? all.find(({ held }) => held === undefined || held > asOf);
  const until = review?.held ?? asOf;
  const earlier = all.filter((one) => one !== review && one.held !== undefined && (review?.held === undefined ? one.held <= until : one.held < until)).toSorted((a, b) => ((a.held ?? '') < (b.held ?? '') ? 1 : -1));
  return { input, review, earlier, since: earlier[0]?.held, until, figures: new FigureIndex(input.measurements) };
}

function actionFigure({ input: { model, words, asOf }, earlier }: ReviewContext): readonly { readonly name: string; readonly value: string; readonly whole: string; readonly status?: 'below' }[] {
  const actions = earlier.flatMap(({ decisions }) => filledIn(decisions.map(({ action }) => action))).filter(({ owner, due, via }) => owner !== undefined || due !== undefined || via !== undefined);
  if (actions.length === 0) return [];
  const done = actions.filter((action) => actionDone(action, model, asOf) !== undefined).length;
  const late = actions.some((action) => overdueSince(action, model, asOf) !== undefined);
  return [{ name: words.say('Earlier actions done'), value: String(done), whole: words.say('of {0}', actions.length), ...(late ? { status: 'below' } : {}) }];
}

function opening({ input: { model, words, period }, review }: ReviewContext): readonly (readonly [string, Inlines])[] {
  const [organization] = model.all('Organization');
  const management = organization?.topManagement ?? [];
  return [
    [words.say('Held'), [review?.held === undefined ? words.say('not yet') : words.dateInWords(review.held)]],
    [words.say('Chair'), [review?.chair === undefined ? (management.length === 0 ? words.say('not declared') : words.say('to be named; top management is {0}', titlesById(model, 'Party', management))) : titleById(model, 'Party', review.chair)]],
    [words.say('Attendees'), [review === undefined || review.attendees.length === 0 ? words.say('not declared') : titlesById(model, 'Party', review.attendees)]],
    [words.say('Figures up to'), [words.period(period.id)]],
    ...(review?.minutes === undefined && review?.minutesFile === undefined ? [] : [[words.say('Minutes'), [review.minutesFile ?? titleById(model, 'ControlledDocument', review.minutes ?? '')]] as const]),
    ...(review === undefined || review.reportedTo.length === 0 ? [] : [[words.say('Reported to'), [titlesById(model, 'Party', review.reportedTo)]] as const]),
  ];
}

/** What the review itself recorded of an input goes before what model and figures say. */
function inputSection(context: ReviewContext, one: ReviewInput): { readonly block: Section; readonly isEmpty: boolean; readonly letter: string } {
  const { input: { words, locator }, review } = context;
  const recorded = (review?.inputs ?? []).flatMap((stated, index) => (stated.kind === one.kind ? [{ ...stated, index }] : []));
  const found = one.blocks(context);
  const letter = one.row.replace(/^9\.3\./, '');
  const said = recorded.map(({ text: seen, source, index }): Inlines => [at(review === undefined ? undefined : sourcePlace(locator, { entity: review.$key, path: ['inputs', index] }), seen), ...(source === undefined ? [] : [quiet(` (${source})`)])]);
  const isEmpty = said.length === 0 && found.length === 0;
  return {
    letter,
    isEmpty,
    block: section(
      `${letter}) ${words.say(one.title)}`,
      isEmpty
        ? [attention(words.say('Gap: nothing is known of this input, which clause 9.3 names. Looked for: {0}.', words.say(one.source)))]
        : [...(said.length === 0 ? [] : [paragraph(words.say('Looked at in the review:')), list(said)]), ...found, ...(found.length === 0 ? [] : [paragraph(quiet(words.say('From: {0}.', words.say(one.source))))])],
      { anchor: `input-${letter}` },
    ),
  };
}

const subjects: Readonly<Record<string, string>> = { improvement: message('improvement'), change: message('changes'), effectiveness: message('effectiveness'), resources: message('resources') };

function decisionSection(context: ReviewContext): Section {
  const { input: { words, model }, review } = context;
  const decisions = (review?.decisions ?? []).filter(({ action }) => filledIn([action]).length > 0);
  const has = (subject: string): boolean => decisions.some((decision) => decision.subject === subject || (subject === 'improvement' && decision.action.via !== undefined && model.get('Improvement', decision.action.via) !== undefined));
  const lacks = [...(has('improvement') ? [] : [words.say('on improvement, or that nothing is to become better')]), ...(has('change') ? [] : [words.say('on changes of the system or the services, or that none is needed')])];
  return section(
    words.say('Conclusion, decisions and actions'),
    [
      ...(review?.conclusion === undefined ? [note(words.say('Conclusion not recorded: whether the system is suitable, adequate and effective.'))] : [paragraph(review.conclusion)]),
      ...(decisions.length === 0
        ? []
        : [
            table(
              [column(words.say('Decision'), 'text', { width: 'wide' }), column(words.say('About'), 'text', { width: 'narrow' }), column(words.say('Owner')), column(words.say('Due'), 'date'), column(words.say('State'), 'text', { width: 'narrow' })],
              decisions.map(({ subject, action }): Cell[] => [text(action.text), text(subject === undefined ? (has('improvement') && action.via !== undefined ? words.say('improvement') : '') : words.say(subjects[subject] ?? '')), ...actionCells(context, action)]),
            ),
          ]),
      ...(lacks.length === 0 ? [] : [(review?.held === undefined ? note : attention)(words.say('To be decided, and not recorded: {0}.', words.list(lacks)))]),
    ],
    { anchor: 'decisions' },
  );
}

function signSection({ input: { model, words }, review }: ReviewContext): Block {
  const [organization] = model.all('Organization');
  const chair = review?.chair ?? organization?.topManagement[0];
  const name = organization === undefined ? words.say('Organization not declared') : titleOf(organization);
  const party = { name: chair === undefined ? words.say('Top management') : titleById(model, 'Party', chair), role: review?.chair === undefined ? words.say('top management') : words.say('chair') };
  return section(words.say('Sign-off'), [paragraph(words.say('Signed for {0}:', name)), signatures([party])], { anchor: 'sign-off', together: true });
}
