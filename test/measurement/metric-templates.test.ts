import assert from 'node:assert/strict';
import processesData from '../../language/catalogue/processes.json' with { type: 'json' };
import { metricIdOf, metricTemplates, metricTemplateText, needsInWords, templateSourceText, type MetricTemplate } from '../../language/catalogue/metric-templates.ts';
import { recordKinds, type RecordField } from '../../language/model/record-kinds.ts';
import { figureOf, measured } from './measured-project.ts';

const catalogueMetrics = processesData.processes.flatMap(({ id, metrics }) => metrics.map((metric) => ({ ...metric, process: id })));
const computed = metricTemplates.filter((template) => template.computed !== undefined);
const fromTools = computed.filter((template) => template.computed!.declared === undefined);
const fromModel = computed.filter((template) => template.computed!.declared !== undefined);
const modelSources = [...new Set(fromModel.map((template) => templateSourceText(template)!))].join('\n');
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
  const sources = [...new Set(fromTools.map((template) => template.computed!.recordKind))].map((kind) => {
    const own = fromTools.filter((template) => template.computed!.recordKind === kind);
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

/** Declarations as of 10 April 2026, and what the metrics over them are: so many of so many, or a number. */
const declared = `
person anna { competent in engineer.sql by training assessed 2026-01-10  competent in engineer.java gap "Course" }
person ben
role engineer held by anna { competence sql "SQL"  competence java "Java" }
role manager
customer retail
supplier skynet { review every 6mo last 2026-01-01  control speed process-performance every 3mo applied 2026-03-01  control safety security every 3mo applied 2025-11-01  control words security }
supplier late { review every 6mo last 2025-01-01 }
issue one { kind external reviewed 2026-03-01 }
issue two { kind internal reviewed 2025-01-01 }
issue three { kind internal }
service mail { summary "Mail" outcome "Read" customer retail status live criticality high }
service web { summary "Web" status live }
service old { status retired }
service requirement fast for mail { statement "Fast" state met agreed with retail by anna on 2026-01-01 }
service requirement safe for mail { statement "Safe" state not-met }
service requirement next for mail { statement "Next" state planned }
communication monthly { direction internal performed 2026-03-01 }
communication never { direction internal }
communication outside { direction external performed 2026-03-01 }
awareness winter { audience anna performed 2026-01-15 }
risk flood { likelihood 3 impact 4 review every 6mo last 2026-01-01 }
risk fire { likelihood 3 impact 4 action "Doors" owner anna due 2026-02-01 done 2026-01-20 checked 2026-03-01 effective  review every 6mo last 2025-01-01 }
risk theft { likelihood 5 impact 5 accepted by anna on 2026-01-01 action "Locks" due 2026-03-01 done 2026-03-05 checked 2026-04-01 ineffective }
objective content { metric csat to 4 by 2026-01-01 status achieved }
objective happy { metric csat to 4 by 2026-02-01 }
objective later { metric csat to 4 by 2026-12-01 status open }
metric csat { record 2026-Q1 = 4 every quarter }
resource people { needed 4 provided 4 }
resource discs { needed 10 provided 9 }
resource spare { provided 1 }
document handbook { approved by anna on 2026-01-01 review every 12mo last 2026-01-01 }
document draft { review every 12mo last 2024-01-01 }
document minutes { mode retain }
knowledge how-to { review every 6mo last 2026-02-01 }
catalogue services { review every 3mo last 2026-01-01 }
configuration verification v1 { performed 2026-02-01 sample 100 discrepancies 3 }
configuration verification v2 { performed 2026-03-01 sample 50 discrepancies 2 }
sla gold for mail with retail { review every 6mo last 2026-01-01 }
contract lines with skynet for mail { valid 2025-01-01 to 2026-03-31 review every 3mo last 2025-11-01 aligned with gold }
contract power with skynet for mail { valid 2025-01-01 to 2026-12-31 review every 12mo last 2025-11-01 }
service report monthly-report for gold { every month trends included produced 2026-04-02 for 2026-03 to retail action "More memory" due 2026-06-01 }
service report forgotten for gold { every month produced 2026-01-02 for 2025-12 to retail }
transition move of mail { activity "Copy" due 2026-02-01 done 2026-02-01  activity "Switch" due 2026-03-01  criterion reads met yes  criterion writes met no  criterion both met yes decision "Accepted later" }
continuity plan mail-plan { test every 12mo }
continuity plan web-plan { test every 12mo }
continuity test drill of mail-plan { performed 2026-02-01 requirements met yes action "Call list" due 2026-05-01 }
continuity test dry of mail-plan { performed 2026-03-01 requirements met no action "Keys" due 2026-03-01 done 2026-03-01 }
security control badges { status implemented effective yes reviewed 2026-01-01 }
security control cameras { status implemented effective no }
security control fences { status planned }
audit spring { planned 2026-02-01 held 2026-02-01 reported to anna on 2026-02-10 }
audit summer { planned 2026-03-01 }
audit winter { planned 2025-12-01 held 2025-12-05 reported to anna on 2026-01-10 }
nonconformity n1 { grade major detected 2026-02-01 effective yes checked 2026-03-15 action "Write" due 2026-03-01 done 2026-02-20 }
nonconformity n2 { grade minor detected 2026-02-01 effective no checked 2026-03-15 action "Read" due 2026-03-01 }
management review first { held 2026-01-20 inputs auto decision "Buy" due 2026-03-01 done 2026-02-01 }
management review second { held 2026-03-20 input risks "All"  decision "Sell" due 2026-04-01 }
improvement faster { recorded 2026-01-01 decision "Go" by anna on 2026-01-20 due 2026-03-01 implemented 2026-02-20 achieved yes }
improvement slower { recorded 2026-01-01 due 2026-03-01 }
improvement new { recorded 2026-03-20 due 2026-09-01 achieved no }
`;
const declaredFigures: Readonly<Record<string, readonly [part: number, whole: number] | string>> = {
  'context.issues-reviewed': [1, 3], 'context.age': String((465 + 0) * 86_400), 'context.requirements-agreed': [1, 3], 'leadership.roles-filled': [1, 2], 'leadership.messages': [1, 2],
  'leadership.review-actions': [1, 2], 'risk.reviewed': [1, 3], 'risk.above': '1', 'risk.treated': [1, 2], 'risk.effective': [1, 2], 'sms-planning.achieved': [1, 2], 'sms-planning.overdue': '1',
  'resource-competence.competence': [1, 2], 'resource-competence.awareness': [1, 2], 'resource-competence.resources': [1, 2], 'document-control.current': [1, 2], 'document-control.unapproved': '1', 'knowledge.current': [1, 1],
  'service-delivery.deviation-actions': [1, 2], 'service-planning.documented': [1, 2], 'service-planning.met': [1, 2], 'service-planning.rated': [1, 2], 'party-control.controls-done': [1, 2],
  'service-catalogue.complete': [1, 2], 'service-catalogue.current': [0, 1], 'configuration.accuracy': '96.66', 'business-relationship.reviews': [1, 1], 'service-level.coverage': [1, 2], 'service-level.reported': [1, 2],
  'supplier.reviews': [1, 2], 'supplier.aligned': [1, 2], 'supplier.expired': '1', 'supplier.performance-reviews': [1, 2], 'design-transition.on-time': [1, 2], 'design-transition.criteria': [1, 3],
  'continuity.tested': [1, 2], 'continuity.passed': [1, 2], 'continuity.open-actions': '1', 'information-security.controls': [1, 2], 'information-security.reviewed': [1, 2], 'measurement.objectives': [1, 2],
  'internal-audit.on-time': [1, 3], 'internal-audit.reported': [1, 2], 'internal-audit.major': '1', 'management-review.inputs': [1, 2], 'management-review.actions': [1, 2], 'service-reporting.on-time': [1, 2],
  'service-reporting.trend': [1, 2], 'service-reporting.decisions': '1', 'corrective-action.on-time': [1, 2], 'corrective-action.effective': [1, 2], 'corrective-action.overdue': '1',
  'improvement.implemented': [1, 2], 'improvement.targets': [1, 2], 'improvement.decided': [1, 2],
};

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
    const text = `${declared}\nci x1\nbaseline x1 { cis x1 taken 2026-01-01 }\nservice x1\n${sources}\n${modelSources}\n${metricTemplates.map(filledIn).join('\n')}`;
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
    const result = await measured(`person anna\nci x1\nbaseline x1 { cis x1 taken 2026-01-01 }\nservice x1\n${sources}\n${fromTools.map(filledIn).join('\n')}`, files, '2026-04-10');
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

  it('compute from what the model declares what their names say', async () => {
    assert.deepEqual(Object.keys(declaredFigures), fromModel.map(({ id }) => id));
    const result = await measured(`${declared}\n${modelSources}\n${fromModel.map(filledIn).join('\n')}`, {}, '2026-04-10');
    assert.deepEqual(result.findings.map(({ message }) => message), []);
    const wrong = fromModel.flatMap((template) => {
      const figure = figureOf(result, metricIdOf(template), template.every === 'month' ? '2026-03' : '2026-Q1');
      const wanted = declaredFigures[template.id]!;
      const found = typeof wanted === 'string' ? figure.value : [Number(figure.numerator), Number(figure.denominator)];
      return JSON.stringify(found) === JSON.stringify(wanted) && figure.verdict !== 'unknown' ? [] : [`${template.id}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)} (${figure.verdict} ${figure.reason ?? ''})`];
    });
    assert.deepEqual(wrong, []);
  });
});
