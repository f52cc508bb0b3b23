import { z } from 'zod';
import { quoteText } from '../values/text.ts';
import templatesData from './metric-templates.json' with { type: 'json' };

const text = z.string().min(1);

const templateSchema = z.strictObject({
  /** `incident.mttr`: as in the catalogue of processes. */
  id: text,
  process: text,
  name: text,
  purpose: text.optional(),
  /** What is computed from records, and what they have to hold. */
  computed: z
    .strictObject({
      recordKind: text,
      /** The type of declaration, where the records are what the model declares. */
      declared: text.optional(),
      /** Fields of the kind of record that are to be mapped. */
      fields: z.array(text),
      /** Columns of the export under these names, which are no fields of the kind. */
      columns: z.array(text).optional(),
      where: text.optional(),
      value: text,
    })
    .optional(),
  /** Why its values are typed in. */
  recorded: z.strictObject({ because: text }).optional(),
  unit: text.optional(),
  /** Comparison and quantity, an example: what is to be reached is for the provider to decide. */
  target: text.optional(),
  every: z.enum(['month', 'quarter']),
  over: text.optional(),
  note: text.optional(),
});

/** A metric of a process of the catalogue as text to start from: computed from records, or with values typed in. */
export type MetricTemplate = z.infer<typeof templateSchema>;

/** One for each metric of the processes in the catalogue, in their order. */
export const metricTemplates: readonly MetricTemplate[] = z.array(templateSchema.refine(({ computed, recorded }) => (computed === undefined) !== (recorded === undefined))).parse(templatesData);

/** `incident.mttr` is `incident-mttr`. */
export function metricIdOf({ id }: MetricTemplate): string {
  return id.replaceAll('.', '-');
}

/** What a template needs, for people: `Incidents with “opened” and “restored”.` */
export function needsInWords({ computed, recorded, note }: MetricTemplate): string {
  const quoted = (names: readonly string[]): string => names.map((name) => `“${name}”`).join(', ');
  const needs = computed?.declared !== undefined ? `Computed from what the model declares: “${sourceOfDeclarations(computed.declared)}”.`
    : computed === undefined ? `Its values are typed in. ${recorded?.because ?? ''}`
    : `Computed from a source of ${computed.recordKind} that maps ${quoted(computed.fields)}${computed.columns === undefined ? '' : ` and whose data has the columns ${quoted(computed.columns)}`}.`;
  return `${needs}${note === undefined ? '' : ` ${note}`}`;
}

/** Whether the records of a source are those that a template asks for. */
export function suitsTemplate({ computed }: MetricTemplate, source: { readonly recordKind: string; readonly declared?: string | undefined }): boolean {
  return computed !== undefined && source.recordKind === computed.recordKind && source.declared === computed.declared;
}

/** The source that a template needs and that can be declared without further ado, as text; undefined where the data of a tool is needed. */
export function templateSourceText({ computed }: MetricTemplate): string | undefined {
  return computed?.declared === undefined ? undefined : sourceOfDeclarations(computed.declared);
}

function sourceOfDeclarations(declared: string): string {
  return `source declared-${declared} of declaration from model ${declared}`;
}

/**
 * The declaration of a metric, with what is to be filled in as placeholders of a snippet.
 *
 * @param source the source of its records, where the project has one of the kind
 */
export function metricTemplateText(template: MetricTemplate, source?: string): string {
  const { computed, recorded } = template;
  const facts = [
    ...(template.purpose === undefined ? [] : [`purpose ${quoteText(template.purpose)}`]),
    ...(computed === undefined
      ? [`data from ${quoteText(recorded?.because ?? '')}`]
      : [`from ${source ?? (computed.declared === undefined ? `\${1:TODO-${computed.recordKind}s}` : `declared-${computed.declared}`)}${computed.where === undefined ? '' : ` where ${computed.where}`}`, `value ${computed.value}`]),
    ...(template.unit === undefined ? [] : [`unit ${/^[a-z]+$/u.test(template.unit) ? template.unit : quoteText(template.unit)}`]),
    ...(template.target === undefined ? [] : [`target ${template.target}`]),
    `every ${template.every}${template.over === undefined ? '' : ` over ${template.over}`}`,
    'owner ${2:TODO-owner}',
  ];
  return `metric ${metricIdOf(template)} ${quoteText(template.name)} {\n${facts.map((fact) => `  ${fact}\n`).join('')}}`;
}
