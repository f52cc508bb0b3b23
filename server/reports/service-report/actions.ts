/** Agreed actions with owner and date: from service reviews with the customer and from improvements of its targets. */
import type { Block, Cell } from '../blocks.ts';
import { column, date, paragraph, section, table, words as text } from '../block-builders.ts';
import { titleById, titleOf } from '../facts/names.ts';
import type { ServiceReportContext } from './service-report.ts';

interface AgreedAction {
  readonly text: string;
  readonly owner?: string;
  readonly due?: string;
  readonly state: string;
  readonly isLate: boolean;
  readonly from: string;
}

export function actionSection(context: ServiceReportContext): Block | undefined {
  const { words } = context.input;
  const actions = [...fromReviews(context), ...fromImprovements(context)].toSorted((a, b) => ((a.due ?? '9999') < (b.due ?? '9999') ? -1 : 1));
  const missed = context.lines.filter((line) => line.status === 'below').length;
  if (actions.length === 0) {
    return missed === 0 ? undefined : section(words.say('Agreed actions'), [paragraph(words.count(missed, '{0} target was missed; no action is recorded for the agreements of this report.', '{0} targets were missed; no action is recorded for the agreements of this report.'))], { anchor: 'actions' });
  }
  const late = actions.filter((action) => action.isLate).length;
  return section(
    words.say('Agreed actions'),
    [
      table(
        [column(words.say('Action')), column(words.say('Owner')), column(words.say('Due'), 'date'), column(words.say('State'), 'text', { width: 'narrow' }), column(words.say('Origin'))],
        actions.map((action): Cell[] => [text(action.text), text(action.owner === undefined ? '' : titleById(context.input.model, 'Party', action.owner)), date(action.due), text(action.state), text(action.from)]),
        { sortedBy: [{ column: 2 }], caption: [words.count(actions.length, '{0} action agreed, {1} late.', '{0} actions agreed, {1} late.', late)] },
      ),
    ],
    { anchor: 'actions' },
  );
}

function standing({ input: { words, asOf } }: ServiceReportContext, due: string | undefined, done: string | undefined): Pick<AgreedAction, 'state' | 'isLate'> {
  if (done !== undefined) return { state: words.say('done {0}', words.date(done)), isLate: false };
  return due !== undefined && due < asOf ? { state: words.say('late'), isLate: true } : { state: words.say('open'), isLate: false };
}

/** Reviews of these services with this customer alone: what was agreed with others is theirs. */
function fromReviews(context: ServiceReportContext): readonly AgreedAction[] {
  const { input, customer, services } = context;
  return input.model
    .all('ServiceReview')
    .filter((review) => review.services.some((service) => services.includes(service)))
    .filter((review) => customer === undefined || (review.customers.length > 0 && review.customers.every((id) => id === customer.name)))
    .flatMap((review) =>
      review.actions
        .filter((action) => action.done === undefined || action.done >= input.period.firstDay)
        .map((action): AgreedAction => ({ text: action.text, ...(action.owner === undefined ? {} : { owner: action.owner }), ...(action.due === undefined ? {} : { due: action.due }), ...standing(context, action.due, action.done), from: titleOf(review) })),
    );
}

function fromImprovements(context: ServiceReportContext): readonly AgreedAction[] {
  const { input, agreements } = context;
  const targets = new Set(agreements.flatMap((agreement) => agreement.targets.map((target) => `${agreement.name}.${target.name}`)));
  return input.model
    .all('Improvement')
    .filter((item) => item.status !== 'rejected' && item.status !== 'proposed')
    .filter((item) => item.expectations.some((expectation) => targets.has(expectation.subject)) || item.sources.some((origin) => targets.has(origin.source)))
    .filter((item) => item.implemented === undefined || item.implemented >= input.period.firstDay)
    .map((item): AgreedAction => ({ text: titleOf(item), ...(item.owner === undefined ? {} : { owner: item.owner }), ...(item.due === undefined ? {} : { due: item.due }), ...standing(context, item.due, item.implemented), from: input.words.say('improvement') }));
}
