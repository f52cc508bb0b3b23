/** Inputs about what comes: improvement, feedback, resources, risks, changes. */
import type { Agreement } from '../../../language/model/declarations.ts';
import { addMonths, isDate } from '../../../language/values/date.ts';
import type { Block, Cell, Inline } from '../blocks.ts';
import { at, column, count, date, decimal, paragraph, table, unknown, words as text } from '../block-builders.ts';
import { improvementStateInWords, levelInWords, serviceStatusInWords } from '../facts/declared-words.ts';
import { titleById, titleOf, titlesById } from '../facts/names.ts';
import { sourcePlace } from '../parts/places.ts';
import { actionsInWords } from '../registers/in-words.ts';
import { message } from '../words/words.ts';
import type { ReviewContext } from './review-context.ts';

const mostRows = 60;
/** How far ahead a review looks. */
const monthsAhead = 12;

/** What is open, and what was implemented since the last review. */
export function improvementBlocks({ input: { model, words, locator }, since }: ReviewContext): readonly Block[] {
  const improvements = model.all('Improvement');
  const opportunities = model.all('Opportunity');
  if (improvements.length + opportunities.length === 0) return [];
  const shown = improvements.filter(({ status, implemented }) => (status !== 'implemented' && status !== 'rejected') || (implemented !== undefined && (since === undefined || implemented > since)));
  const rows = [
    ...shown.map((one): Cell[] => [
      text(at(sourcePlace(locator, { entity: one.$key }), titleOf(one))), text(words.say('improvement')), text(one.status === undefined ? '' : improvementStateInWords(words, one.status)), text(one.priority === undefined ? '' : levelInWords(words, one.priority)),
      text(one.owner === undefined ? '' : titleById(model, 'Actor', one.owner)), date(one.implemented ?? one.due), text(one.evaluation ?? one.description ?? ''),
    ]),
    ...opportunities.map((one): Cell[] => [
      text(at(sourcePlace(locator, { entity: one.$key }), titleOf(one))), text(words.say('opportunity')), text(one.via.length === 0 ? (one.noAction === undefined ? '' : words.say('nothing is done')) : words.say('taken up')), text(one.priority === undefined ? '' : levelInWords(words, one.priority)),
      text(one.owner === undefined ? '' : titleById(model, 'Actor', one.owner)), text(''), text(one.benefit ?? ''),
    ]),
  ];
  if (rows.length === 0) return [paragraph(words.count(improvements.length, 'The only improvement is finished.', 'All {0} improvements are finished.'))];
  return [
    table(
      [column(words.say('Opportunity for improvement')), column(words.say('Kind'), 'text', { width: 'narrow' }), column(words.say('State'), 'text', { width: 'narrow' }), column(words.say('Priority'), 'text', { width: 'narrow' }), column(words.say('Owner')), column(words.say('Due or done'), 'date'), column(words.say('What it brings'), 'text', { width: 'wide' })],
      rows.slice(0, mostRows),
    ),
  ];
}

/** Reviews with customers of the last year or since the last management review, and what was recorded of surveys and complaints. */
export function feedbackBlocks({ input: { model, words, locator, measurements }, since, until }: ReviewContext): readonly Block[] {
  const year = isDate(until) ? addMonths(until, -monthsAhead) : until;
  const from = since !== undefined && since < year ? since : year;
  const reviews = model.all('ServiceReview').filter(({ held }) => held !== undefined && held > from && held <= until).toSorted((a, b) => ((a.held ?? '') < (b.held ?? '') ? 1 : -1));
  const sources = model.all('Source').filter(({ recordKind }) => recordKind === 'survey' || recordKind === 'complaint');
  return [
    ...(reviews.length === 0
      ? []
      : [
          table(
            [column(words.say('Service review')), column(words.say('Held'), 'date'), column(words.say('Customers')), column(words.say('Trends')), column(words.say('Outcomes'))],
            reviews.slice(0, mostRows).map((review): Cell[] => [text(at(sourcePlace(locator, { entity: review.$key }), titleOf(review))), date(review.held), text(titlesById(model, 'Customer', review.customers)), text(review.trends ?? ''), text(review.outcomes.join('; '))]),
            { caption: [words.say('Service reviews since {0}', words.dateInWords(from))] },
          ),
        ]),
    ...(sources.length === 0
      ? []
      : [
          table(
            [column(words.say('Records')), column(words.say('Kind'), 'text', { width: 'narrow' }), column(words.say('Number'), 'number'), column(words.say('From'), 'date'), column(words.say('To'), 'date')],
            sources.map((source): Cell[] => {
              const read = measurements?.sources.find((one) => one.source === source.name);
              return [text(at(sourcePlace(locator, { entity: source.$key }), titleOf(source))), text(source.recordKind === 'survey' ? words.say('survey') : words.say('complaints')), read === undefined ? unknown(words.say('not read')) : count(read.records), date(read?.from), date(read?.to)];
            }),
          ),
        ]),
  ];
}

const resourceKinds: Readonly<Record<string, string>> = { human: message('people'), technical: message('technology'), information: message('information'), financial: message('money') };

export function resourceBlocks({ input: { model, words, locator } }: ReviewContext): readonly Block[] {
  const resources = model.all('Resource');
  const plans = model.all('CapacityPlan');
  return [
    ...(resources.length === 0
      ? []
      : [
          table(
            [column(words.say('Resource')), column(words.say('Kind'), 'text', { width: 'narrow' }), column(words.say('Needed'), 'number'), column(words.say('Provided'), 'number'), column(words.say('Unit'), 'text', { width: 'narrow' }), column(words.say('Expected'), 'text', { width: 'wide' })],
            resources.slice(0, mostRows).map((one): Cell[] => [
              text(at(sourcePlace(locator, { entity: one.$key }), titleOf(one))), text(one.kind === undefined ? '' : words.say(resourceKinds[one.kind] ?? '')), decimal(one.needed), decimal(one.provided), text(one.unit ?? one.providedUnit ?? ''), text(one.forecast ?? one.capability ?? ''),
            ]),
          ),
        ]),
    ...plans.flatMap((plan): Block[] => {
      const said = [plan.current, plan.forecast, plan.conclusion].filter((one) => one !== undefined);
      return said.length === 0 ? [] : [paragraph(at(sourcePlace(locator, { entity: plan.$key }), titleOf(plan)), `: ${said.join(' – ')}`)];
    }),
  ];
}

/** The greatest first: by likelihood times impact, then those not assessed. */
export function riskBlocks({ input, since }: ReviewContext): readonly Block[] {
  const { model, words, locator } = input;
  const risks = model.all('Risk');
  if (risks.length === 0) return [];
  const level = ({ likelihood, impact }: (typeof risks)[number]): number | undefined => (likelihood === undefined || impact === undefined ? undefined : Number(likelihood) * Number(impact));
  const ordered = risks.toSorted((a, b) => (level(b) ?? -1) - (level(a) ?? -1));
  const assessed = model.all('RiskAssessment').filter(({ performed }) => performed !== undefined && (since === undefined || performed > since));
  const untreated = risks.filter(({ treatment }) => treatment === undefined).length;
  return [
    paragraph(words.say('Risks: {0}, without a treatment: {1}; risk assessments since the review before: {2}.', risks.length, untreated, assessed.length)),
    table(
      [column(words.say('Risk')), column(words.say('Level'), 'number'), column(words.say('Left after treatment'), 'number'), column(words.say('Treatment'), 'text', { width: 'narrow' }), column(words.say('Owner')), column(words.say('What is done'))],
      ordered.slice(0, mostRows).map((risk): Cell[] => {
        const height = level(risk);
        const actions = actionsInWords(input, risk.actions);
        // What an action already names is not said again.
        const done = [...actions, ...risk.via.map((id) => titleById(model, 'ActionVehicle', id)).filter((title) => !actions.some((action) => action.startsWith(title)))];
        return [
          text(at(sourcePlace(locator, { entity: risk.$key }), titleOf(risk))), height === undefined || !Number.isFinite(height) ? unknown(words.say('not assessed')) : count(height), decimal(risk.residual),
          text(risk.treatment === undefined ? '' : words.say(treatments[risk.treatment] ?? '')), text(risk.owner === undefined ? '' : titleById(model, 'Actor', risk.owner)), text(done.join('; ')),
        ];
      }),
      { density: 'dense', caption: [ordered.length > mostRows ? words.say('The greatest {0} of {1}; the level is likelihood times impact', mostRows, ordered.length) : words.say('The greatest first; the level is likelihood times impact')] },
    ),
  ];
}

const treatments: Readonly<Record<string, string>> = { reduce: message('reduce'), accept: message('accept'), avoid: message('avoid'), transfer: message('transfer') };

interface ComingChange {
  readonly on: string | undefined;
  readonly what: string;
  readonly cell: Cell;
  readonly more: string;
}

/** What begins, ends or is changed in the coming year. */
export function comingChangeBlocks({ input }: ReviewContext): readonly Block[] {
  const { model, words, locator, asOf, certification } = input;
  const until = addMonths(asOf, monthsAhead);
  const ahead = (day: string | undefined): boolean => day !== undefined && isDate(day) && day >= asOf && day <= until;
  const changes: ComingChange[] = [
    ...model.all('Transition').filter(({ completed, stage }) => completed === undefined && stage !== 'completed').map((one) => ({ on: one.removal ?? one.transfer, what: words.say('transition'), cell: text(at(sourcePlace(locator, { entity: one.$key }), titleOf(one))), more: [titlesById(model, 'Service', one.services), one.timescales, one.impacts].filter((said) => said !== undefined).join('; ') })),
    ...model.all('Service').filter(({ status }) => status !== undefined && ['planned', 'retiring', 'transferring'].includes(status)).map((one) => ({ on: one.since, what: words.say('service'), cell: text(at(sourcePlace(locator, { entity: one.$key }), titleOf(one))), more: serviceStatusInWords(words, one.status) })),
    ...endingAgreements(model.all('Agreement').filter(({ validTo }) => ahead(validTo))).map(({ on, agreements }) => ({ on, what: words.say('agreement'), cell: text(...agreements.flatMap((one, index): Inline[] => [...(index > 0 ? [', '] : []), at(sourcePlace(locator, { entity: one.$key }), titleOf(one))])), more: words.count(agreements.length, '{0} agreement ends', '{0} agreements end') })),
    ...certification.filter(({ on }) => ahead(on)).map((day) => ({ on: day.on, what: words.say('certification'), cell: text(at(sourcePlace(locator, day.place), day.what)), more: '' })),
  ].toSorted((a, b) => ((a.on ?? '9999') < (b.on ?? '9999') ? -1 : 1));
  if (changes.length === 0) return [];
  return [
    table(
      [column(words.say('On'), 'date'), column(words.say('Kind'), 'text', { width: 'narrow' }), column(words.say('Change')), column(words.say('What it means'))],
      changes.slice(0, mostRows).map(({ on, what, cell, more }): Cell[] => [date(on), text(what), cell, text(more)]),
      { rowHead: 2, caption: [words.say('Changes that are known, up to {0}', words.dateInWords(until))] },
    ),
  ];
}

/** Agreements that end on the same day stand together. */
function endingAgreements(agreements: readonly Agreement[]): readonly { readonly on: string; readonly agreements: readonly Agreement[] }[] {
  return Object.entries(Object.groupBy(agreements, ({ validTo }) => validTo ?? '')).map(([on, those = []]) => ({ on, agreements: those }));
}
