/** Clause 8.2.3.2, control of parties involved in the service lifecycle, controls. */
import type { Service } from '../../language/model/declarations.ts';
import type { Place } from '../../language/model/finding.ts';
import { dateOf, intervalAfter } from '../assessment/dates.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall, shown, type Remark } from '../assessment/remark.ts';
import { each, rule, type Rule, type RuleContext } from '../assessment/rule.ts';
import { listed, named } from '../assessment/wording.ts';
import { controlsOfProcess, isPromisedBy, partsOutsourced, processControlScaffold, processesOutsourced, servicesOutsourced, suppliersOfComponent, suppliersOfService, type Supplier } from './other-parties.ts';
import { isInUse } from './services-in-scope.ts';

interface Controlled {
  readonly row: string;
  /** What is controlled: `the process “Incident management”`. */
  readonly what: string;
  readonly supplier: Supplier;
  readonly place: Place;
  readonly controls: Supplier['controls'];
  /** Whether its values are measured elsewhere, so that the control need not name a metric. */
  readonly isMeasured: boolean;
  readonly scaffold: string;
}

/** Asks for a control that was applied within its interval, with its metric and what was seen. What is wrong is said at the latest one. */
function controlled({ row, what, supplier, place, controls, isMeasured, scaffold }: Controlled, context: RuleContext): readonly Remark[] {
  const { asOf } = context;
  const planned = context.plannedInterval(row);
  const [latest] = controls.toSorted((a, b) => ((a.applied ?? '') > (b.applied ?? '') ? -1 : 1));
  if (!latest) {
    return [
      shortfall(`${named(supplier)} has ${what} in hand, but no control measures how well.`, { place, axis: 'evidenced', related: [{ place: placeOf(supplier), message: 'The supplier' }], fixes: [addFact(`Add a control of ${named(supplier)}`, placeOf(supplier), scaffold)] }),
    ];
  }
  const at = (...path: string[]): Place => placeOf(supplier, 'controls', supplier.controls.indexOf(latest), ...path);
  const applied = dateOf(latest.applied);
  const missing = [...(isMeasured || isFilledIn(latest.metric) ? [] : ['by which metric it measures (metric NAME)']), ...(applied === undefined || applied > asOf ? ['when it was last applied (applied DATE)'] : []), ...(isFilledIn(latest.result) ? [] : ['what was seen (result "…")'])];
  if (missing.length > 0) return [shortfall(`The control ${latest.name} of ${what} at ${named(supplier)} does not say ${listed(missing, 'or')}.`, { place: at('name'), axis: 'evidenced' })];
  const due = applied === undefined ? undefined : intervalAfter(applied, latest.every, planned.months);
  if (due !== undefined && due >= asOf) return [shown('evidenced')];
  const interval = latest.every === undefined ? planned.words : `every ${latest.every}`;
  return [shortfall(`The control ${latest.name} of ${what} at ${named(supplier)} was last applied on ${applied}; by its interval (${interval}) it was due${due === undefined ? '' : ` on ${due}`}.`, { place: at('applied'), axis: 'evidenced' })];
}

export const processPerformance: Rule = rule('8.2.3.2.a', {
  trigger: processesOutsourced,
  parts: [
    each('Process', {
      none: null,
      check: (process, context) =>
        partsOutsourced(process, context).flatMap(({ supplier, place }) =>
          controlled({ row: '8.2.3.2.a', what: `the process ${named(process)}`, supplier, place, controls: controlsOfProcess(process, supplier), isMeasured: false, scaffold: processControlScaffold(process) }, context),
        ),
    }),
  ],
});

export const serviceEffectiveness: Rule = rule('8.2.3.2.b', {
  trigger: servicesOutsourced,
  parts: [
    each('Service', {
      none: null,
      check: (service, context) => {
        if (!isInUse(service, context)) return [];
        return [
          ...suppliersOfService(service, context).flatMap(({ supplier, place }) => checkEffectiveness(service.name, `the service ${named(service)}`, supplier, place, isMeasuredBy(service, supplier, context), context)),
          ...service.components.flatMap((component, index) =>
            suppliersOfComponent(service, index, context).flatMap(({ supplier, place }) => checkEffectiveness(`${service.name}.${component.name}`, `the component ${named(component)} of ${named(service)}`, supplier, place, false, context)),
          ),
        ];
      },
    }),
  ],
});

function checkEffectiveness(id: string, what: string, supplier: Supplier, place: Place, isMeasured: boolean, context: RuleContext): readonly Remark[] {
  return controlled(
    {
      row: '8.2.3.2.b',
      what,
      supplier,
      place,
      controls: supplier.controls.filter(({ kind, subject }) => kind === 'service-effectiveness' && subject === id),
      isMeasured,
      scaffold: `control \${1:${id.replaceAll('.', '-')}} service-effectiveness of ${id} metric \${2:TODO} every \${3:3mo} applied \${4:0000-00-00} result "\${5:TODO what was seen}"`,
    },
    context,
  );
}

/** Whether a contract with the supplier sets targets for the service: these are what is measured. */
function isMeasuredBy({ name }: Service, supplier: Supplier, { model }: RuleContext): boolean {
  return model.referrers('Service', name).some(({ entity: { node } }) => node.$type === 'Agreement' && isPromisedBy(node, supplier) && node.services.includes(name) && node.targets.length > 0);
}
