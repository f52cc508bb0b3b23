/** Agreed actions with owner and date: from service reviews with the customer and from improvements of its targets. */
import type { Block, Cell } from '../blocks.ts';
import { column, date, paragraph, section, table, words } from '../block-builders.ts';
import { titleById, titleOf } from '../facts/names.ts';
import { plural } from '../renderers/format-values.ts';
import type { ServiceReportContext } from './service-report.ts';

interface AgreedAction {
  readonly text: string;
  readonly owner?: string;
  readonly due?: string;
  readonly state: string;
  readonly from: string;
}

export function actionSection(context: ServiceReportContext): Block | undefined {
  const actions = [...fromReviews(context), ...fromImprovements(context)].toSorted((a, b) => ((a.due ?? '9999') < (b.due ?? '9999') ? -1 : 1));
  const missed = context.lines.filter((line) => line.status === 'below').length;
  if (actions.length === 0) {
    return missed === 0 ? undefined : section('Agreed actions', [paragraph(`${plural(missed, 'target was', 'targets were')} missed; no action is recorded for the agreements of this report.`)], { anchor: 'actions' });
  }
  const late = actions.filter((action) => action.state === 'late').length;
  return section(
    'Agreed actions',
    [
      table(
        [column('Action'), column('Owner'), column('Due', 'date'), column('State', 'text', { width: 'narrow' }), column('From')],
        actions.map((action): Cell[] => [words(action.text), words(action.owner === undefined ? '' : titleById(context.input.model, 'Party', action.owner)), date(action.due), words(action.state), words(action.from)]),
        { sortedBy: [{ column: 2 }], caption: [`${plural(actions.length, 'action')} agreed, ${late} late.`] },
      ),
    ],
    { anchor: 'actions' },
  );
}

function state(context: ServiceReportContext, due: string | undefined, done: string | undefined): string {
  if (done !== undefined) return `done ${done}`;
  return due !== undefined && due < context.input.asOf ? 'late' : 'open';
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
        .map((action): AgreedAction => ({ text: action.text, ...(action.owner === undefined ? {} : { owner: action.owner }), ...(action.due === undefined ? {} : { due: action.due }), state: state(context, action.due, action.done), from: titleOf(review) })),
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
    .map((item): AgreedAction => ({ text: titleOf(item), ...(item.owner === undefined ? {} : { owner: item.owner }), ...(item.due === undefined ? {} : { due: item.due }), state: state(context, item.due, item.implemented), from: 'improvement' }));
}
