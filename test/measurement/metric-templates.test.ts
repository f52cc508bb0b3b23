import assert from 'node:assert/strict';
import processesData from '../../language/catalogue/processes.json' with { type: 'json' };
import { metricIdOf, metricTemplates, metricTemplateText, needsInWords, type MetricTemplate } from '../../language/catalogue/metric-templates.ts';
import { recordKinds, type RecordField } from '../../language/model/record-kinds.ts';
import { figureOf, measured } from './measured-project.ts';

const catalogueMetrics = processesData.processes.flatMap(({ id, metrics }) => metrics.map((metric) => ({ ...metric, process: id })));
const computed = metricTemplates.filter((template) => template.computed !== undefined);
const rowCount = 40;

const words: Readonly<Record<string, readonly string[]>> = {
  classification: ['capacity', 'mail', 'network'], cause: ['change', 'disk'], lifecycle: ['in-use', 'in-use', 'stock'], problem: ['PRB1', ''], workaround: ['restart', ''],
  'last-change': ['CHG1', 'CHG2', ''], relationships: ['mail', ''], owner: ['anna', 'anna', ''], remediation: ['roll back', ''],
};

function day(number: number): string {
  return `2026-03-${String(1 + (number % 20)).padStart(2, '0')}`;
}

/** A value of a field for a row, the same on every run. */
function cell(field: string, { type, words: ofField }: RecordField | { readonly type: 'column'; readonly words?: undefined }, row: number, counted: string): string {
  if (field === counted) return type === 'date' ? '2026-03-01' : `${day(row)} 08:00`;
  if (words[field] !== undefined) return words[field][row % words[field].length]!;
  switch (type) {
    case 'instant': return field === 'due' ? `${day(row)} 16:00` : row % 7 === 3 ? '' : `${day(row)} ${String(9 + (row % 9)).padStart(2, '0')}:00`;
    case 'date': return '2026-03-01';
    case 'number': return field === 'population' ? '100' : String(row % 4);
    case 'boolean': return row % 3 === 0 ? 'yes' : 'no';
    case 'word': return ofField![row % ofField!.length]!;
    case 'money': return String(1000 + row);
    case 'reference': return row % 5 === 0 ? '' : 'x1';
    case 'text': case 'duration': return `text ${row}`;
    case 'column':
      if (/_due$|_ends$|^last_/.test(field)) return field === 'support_ends' ? (row % 2 === 0 ? '2025-01-01 00:00' : '2027-01-01 00:00') : `${day(row)} 17:00`;
      return field === 'services' || field === 'best_result' || field === 'licences_required' ? '5' : field === 'expected' ? '2' : String(1 + (row % 4));
  }
}

/** A source for each kind that templates need, which maps what they say they need, and nothing else. */
function generated(): { readonly sources: string; readonly files: Readonly<Record<string, string>> } {
  const files: Record<string, string> = {};
  const sources = [...new Set(computed.map((template) => template.computed!.recordKind))].map((kind) => {
    const own = computed.filter((template) => template.computed!.recordKind === kind);
    const fields = [...new Set(own.flatMap((template) => template.computed!.fields))];
    const columns = [...new Set(own.flatMap((template) => template.computed!.columns ?? []))];
    const { counted, fields: declared } = recordKinds[kind]!;
    const rows = Array.from({ length: rowCount }, (_, row) => [`R${row}`, ...fields.map((field) => cell(field, declared[field]!, row, counted)), ...columns.map((column) => cell(column, { type: 'column' }, row, counted))].join(','));
    files[`${kind}.csv`] = [['id', ...fields, ...columns].join(','), ...rows].join('\n');
    return `source ${kind}s of ${kind} from "${kind}.csv" { dates "yyyy-MM-dd HH:mm" in UTC  key id  map ${fields.join(', ')} }`.replace(/dates "yyyy-MM-dd HH:mm"/, kind === 'cost' || kind === 'demand' ? 'dates "yyyy-MM-dd"' : '$&');
  });
  return { sources: sources.join('\n'), files };
}

function filledIn(template: MetricTemplate): string {
  const text = metricTemplateText(template).replace(/\$\{1:TODO-([^}]+)\}/g, '$1').replace(/\$\{2:[^}]+\}/g, 'anna');
  if (template.computed !== undefined) return text;
  // A value of the unit of its target.
  const unit = /(%|d)?$/.exec(template.target ?? '')?.[1] ?? (template.unit === 'percent' ? '%' : '');
  return text.replace(/\}$/, `  record ${template.every === 'month' ? '2026-03' : '2026-Q1'} = 12${unit}\n}`);
}

describe('templates of metrics', () => {
  it('are there for each metric of the processes of the catalogue, and no other', () => {
    assert.equal(catalogueMetrics.length, 130);
    assert.deepEqual(metricTemplates.map(({ id, process, name }) => [id, process, name]), catalogueMetrics.map(({ id, process, name }) => [id, process, name]));
  });

  it('take targets and directions of the catalogue', () => {
    const wrong = metricTemplates.flatMap(({ id, target, every, over }, index) => {
      const { exampleTarget, direction, suggestedFrequency } = catalogueMetrics[index]!;
      const comparison = direction === 'higher' ? '>=' : '<=';
      const isTarget = exampleTarget === null ? target === undefined : target !== undefined && new RegExp(`^${comparison} ${exampleTarget}(%|h|d)?$`).test(target);
      const isOften = suggestedFrequency === 'monthly' ? every === 'month' : suggestedFrequency === 'quarterly' ? every === 'quarter' : every === 'quarter' && over === '6mo';
      return isTarget && isOften ? [] : [id];
    });
    assert.deepEqual(wrong, []);
  });

  it('say what they need: fields of a kind of record, or why their values are typed in', () => {
    for (const template of metricTemplates) {
      const { computed: from, recorded } = template;
      if (from === undefined) assert.match(needsInWords(template), /^Its values are typed in\. [A-Z].*\.$/, template.id);
      else {
        assert.equal(recorded, undefined);
        const kind = recordKinds[from.recordKind];
        assert.ok(kind, template.id);
        assert.deepEqual(from.fields.filter((field) => kind.fields[field] === undefined), [], template.id);
        assert.ok(from.fields.includes(kind.counted), `${template.id} needs ${kind.counted}`);
        // A field of the kind under the name of a column would be mapped, not taken from the column.
        assert.deepEqual((from.columns ?? []).filter((column) => kind.fields[column] !== undefined), [], template.id);
        // Each name it lists is there for something.
        const said = `${from.where ?? ''} ${from.value} ${kind.counted} ${from.recordKind === 'outage' ? 'planned' : ''} ${template.every}`;
        assert.deepEqual([...from.fields, ...(from.columns ?? [])].filter((name) => !new RegExp(`(^|[^\\w-])${name}($|[^\\w-])`).test(said)), [], template.id);
      }
    }
  });

  it('are computed on records, each to a figure that is known', async () => {
    const { sources, files } = generated();
    const text = `person anna\nci x1\nbaseline x1 { cis x1 taken 2026-01-01 }\n${sources}\n${metricTemplates.map(filledIn).join('\n')}`;
    const result = await measured(text, files, '2026-04-10');
    assert.deepEqual(result.findings.filter(({ code }) => !code.startsWith('data-')).map(({ message }) => message), []);
    const unknown: string[] = [];
    for (const template of metricTemplates) {
      const figure = figureOf(result, metricIdOf(template), template.every === 'month' ? '2026-03' : '2026-Q1');
      if (figure.value === undefined) unknown.push(`${template.id}: ${figure.reason}`);
      else if (template.target === undefined) assert.equal(figure.verdict, 'noTarget', template.id);
      else if (figure.verdict === 'unknown') unknown.push(`${template.id}: ${figure.reason}`);
    }
    // What is not known of records that miss a value is known not to be known.
    assert.deepEqual(unknown, []);
  });

  it('compute what their names say', async () => {
    const { sources, files } = generated();
    const result = await measured(`person anna\nci x1\nbaseline x1 { cis x1 taken 2026-01-01 }\n${sources}\n${computed.map(filledIn).join('\n')}`, files, '2026-04-10');
    const rows = Array.from({ length: rowCount }, (_, row) => row);
    const restored = rows.filter((row) => row % 7 !== 3);
    const share = (part: readonly number[], whole: readonly number[]): readonly unknown[] => [String(part.length), String(whole.length)];
    const ratio = (id: string, period = '2026-03'): readonly unknown[] => [figureOf(result, id, period).numerator, figureOf(result, id, period).denominator];
    // Restored at 9:00 to 17:00 of the day, due at 16:00; what is still open in April is late.
    assert.deepEqual(ratio('incident-in-target'), share(restored.filter((row) => 9 + (row % 9) <= 16), rows));
    assert.deepEqual(ratio('incident-first-line'), share(restored.filter((row) => row % 4 === 0), restored));
    assert.equal(figureOf(result, 'incident-backlog', '2026-03').value, String(rowCount - restored.length));
    assert.deepEqual(ratio('configuration-complete', '2026-03'), share(rows.filter((row) => row % 2 === 0 && row % 3 !== 2), rows));
    assert.deepEqual([figureOf(result, 'asset-expired', '2026-03').value, figureOf(result, 'asset-expired', '2026-03').verdict], [String(rows.filter((row) => row % 2 === 0 && row % 3 !== 2).length), 'missed']);
    assert.deepEqual(ratio('change-success'), share(restored.filter((row) => row % 5 === 0), restored));
  });
});
