/** A document that holds every block once, with figures of an invented provider. */
import type { Document, Provenance, Status } from '../../server/reports/blocks.ts';
import { at, attention, code, column, columns, count, date, decimal, definitions, jump, keyFigures, lead, link, list, mark, note, paragraph, percent, quiet, ratio, section, signatures, statusCell, strong, table, unknown, words } from '../../server/reports/block-builders.ts';
import { availabilityTimeline } from '../../server/reports/charts/availability-timeline.ts';
import { bulletBars } from '../../server/reports/charts/bullet-bar.ts';
import { pareto, rankCauses } from '../../server/reports/charts/pareto.ts';
import { runChart } from '../../server/reports/charts/run-chart.ts';
import { sparkline } from '../../server/reports/charts/sparkline.ts';
import { periodLabels } from '../../server/reports/renderers/format-values.ts';

export const sampleProvenance: Provenance = {
  asOf: '2026-11-22',
  commit: '4f2c9d1e8b7a6f5e4d3c2b1a0f9e8d7c6b5a4f3e',
  commitDirty: true,
  catalogueVersion: '2026-11-22',
  dataHash: 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  toolVersion: '0.1.0',
};

const periods = ['2025-10', '2025-11', '2025-12', '2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06', '2026-07', '2026-08', '2026-09', '2026-10'];
const restored: readonly (readonly [number, number])[] = [[30, 31], [28, 28], [27, 28], [33, 34], [29, 29], [29, 31], [40, 41], [38, 39], [30, 30], [31, 32], [3, 3], [27, 28], [29, 31]];
const truncate = (value: number): string => (Math.trunc(value * 100) / 100).toFixed(2);
const shares = restored.map(([met, all]) => (met / all) * 100);
const statuses: readonly Status[] = restored.map(([met, all]) => (all < 5 ? 'too-small' : met * 100 < 95 * all ? 'below' : met * 100 < 97 * all ? 'warning' : 'met'));

const cause = (name: string, many: number): { name: string; count: number } => ({ name, count: many });

/** @param hostile replaces titles and texts that a model would supply. */
export function sampleDocument(hostile?: string): Document {
  const given = (text: string): string => hostile ?? text;
  return {
    id: 'sample',
    title: given('Service report, October 2026'),
    subtitle: given('E-mail and collaboration for ACME Retail'),
    audience: given('Retail operations board'),
    language: 'en',
    organization: given('ACME Services'),
    provenance: sampleProvenance,
    blocks: [
      keyFigures([
        { name: 'Service level targets on target', value: '14', whole: 'of 16', status: 'below', note: [given('2 below: E-mail P1 restoration, VPN uptime')] },
        { name: 'Gaps found', value: '7', whole: 'in 38 checked rows', note: ['363 catalogue rows are not yet checked'] },
        { name: 'Expires within 30 days', value: '3', note: ['first: Service policy review, 2026-12-01'] },
        { name: 'Open nonconformities', value: '1', whole: 'minor', note: ['oldest 39 days, due 2026-12-15'] },
        { name: 'Stage 2 audit', value: '129 days', note: ['by 2027-03-31, Example Certification Body'] },
      ]),
      columns('wide-and-narrow', [
        section('What is not all right', [
          table(
            [column('', 'status'), column('Finding'), column('Clause'), column('Place')],
            [
              [statusCell('below'), words(at({ file: 'sla.itsms', line: 12, column: 3 }, given('E-mail, gold: P1 restored within 4 h reached 93.54% of 95%'))), words('8.3.3'), words(code('sla.itsms:12'))],
              [statusCell('below'), words(at({ file: 'services.itsms', line: 80, column: 1 }, given('Service directory has no service level agreement'))), words('8.3.3'), words(code('services.itsms:80'))],
              [statusCell('warning'), words(given('Catalogue of services not given to customer Retail')), words('8.2.4'), words(code('catalogue.itsms:4'))],
            ],
          ),
        ], { anchor: 'not' }),
        section('What is next', [definitions([['2026-12-01', [given('Service policy: review due')]], ['2026-12-15', [given('NC31 Supplier review overdue: action due, Anna Berg')]], ['2027-01-31', ['Waiver of clause 8.4.2 item b ends']]])], { anchor: 'next' }),
      ]),
      section(
        'Clauses 4 to 10',
        [
          {
            kind: 'heat-map',
            caption: ['Clause 8 has gaps in 7 of its 38 checked catalogue rows; clauses 4 to 7, 9 and 10 are not yet checked.'],
            rowHead: 'Clause',
            columns: ['Declared', 'Evidenced', 'Effective'],
            kinds: [
              { name: 'gap', mark: '■', tone: 'gap' },
              { name: 'accepted until a date', mark: '◆', tone: 'accepted' },
              { name: 'no gap found', mark: '●', tone: 'fine' },
              { name: 'unknown', mark: '○', tone: 'unknown' },
              { name: 'not yet checked', mark: '·', tone: 'unchecked' },
            ],
            rows: [
              { name: [strong('4'), ' Context of the organization'], cells: [{ counts: [0, 0, 0, 0, 14], total: 14 }, { counts: [0, 0, 0, 0, 14], total: 14 }, { counts: [0, 0, 0, 0, 14], total: 14 }] },
              { name: [strong('8'), ' Operation of the SMS'], cells: [{ counts: [3, 1, 34, 0, 172], total: 210 }, { counts: [90, 0, 28, 3, 172], total: 210 }, { counts: [150, 0, 5, 33, 22], total: 210 }] },
              { name: [given('8.3.3 Service level management')], level: 2, cells: [{ counts: [1, 0, 9, 0, 0], total: 10 }, { counts: [3, 0, 7, 0, 0], total: 10 }, { counts: [6, 0, 1, 3, 0], total: 10 }] },
            ],
          },
        ],
        { anchor: 'clauses' },
      ),
      section(
        'Service level targets',
        [
          lead('Two of sixteen targets were missed in October.'),
          paragraph('Figures are recomputed from the ticket export ', quiet('(20,412 rows)'), ' under the declared calendars; see ', jump('restore', 'restoration of P1'), ' and ', link('https://example.org/agreement', 'the agreement'), '.'),
          table(
            [column('Target'), column('Promise', 'number', { unit: '%' }), column('Actual', 'percent', { unit: '%' }), column('In time'), column('Status', 'status'), column('13 months', 'drawing'), column('Since', 'date')],
            [
              [words(given('P1 restored within 4 h')), decimal('95'), percent('93.54'), ratio(29, 31), statusCell('below'), { kind: 'drawing', drawing: sparkline({ values: shares, target: 95, lastStatus: 'below' }), alternative: given('13 months, last 93.54%') }, date('2026-01-01')],
              [words(given('E-mail uptime')), decimal('99.8'), percent('99.93'), ratio(44611, 44640), statusCell('met'), { kind: 'drawing', drawing: sparkline({ values: [99.9, 99.95, 99.8, 99.99, 100, 99.7, 99.9, undefined, 99.95, 99.9, 99.92, 99.9, 99.93], target: 99.8, lastStatus: 'met' }), alternative: '13 months, last 99.93%' }, date('2026-01-01')],
              [words('VPN uptime'), decimal('99.5'), percent('99.61'), ratio(44466, 44640), statusCell('warning'), unknown(), date('2026-07-01')],
              [words('P2 restored within 2 working days'), decimal('90'), percent('100'), ratio(3, 3), statusCell('too-small'), unknown('no history'), date('2026-01-01')],
              [words('Satisfaction'), decimal('4.2'), unknown(), unknown(), statusCell('no-data'), unknown(), unknown()],
            ],
            { sortedBy: [{ column: 2 }] },
          ),
          {
            kind: 'figure',
            anchor: 'restore',
            caption: ['Restoration of P1 fell below 95% in October: 2 of 31 late. ', mark('below')],
            alternative: 'Run chart of thirteen months: the share of P1 incidents restored within four hours, against 95%.',
            drawing: runChart({ points: periodLabels(periods).map((label, index) => ({ label, value: shares[index], status: statuses[index] ?? 'no-data' })), target: { value: 95, label: 'target 95%' }, median: { value: 97.05, label: 'median to Feb' }, unit: '%', most: 100 }),
            table: table(
              [column('Month'), ...periodLabels(periods).map((label) => column(label, 'number'))],
              [
                [words('In time, %'), ...shares.map((share) => percent(truncate(share)))],
                [words('In time'), ...restored.map(([met]) => count(met))],
                [words('All'), ...restored.map(([, all]) => count(all))],
                [words('Status'), ...statuses.map(statusCell)],
              ],
              { density: 'dense' },
            ),
          },
          {
            kind: 'figure',
            caption: ['Two causes make up 64% of late restorations: waiting for the supplier and wrong assignment.'],
            alternative: 'Pareto of causes.',
            drawing: pareto(rankCauses([cause(given('Waiting for SkyNet Hosting'), 20), cause('Wrong assignment', 12), cause('No spare part', 6), cause('Access missing', 5), cause('Other', 7)])),
            table: table([column('Cause'), column('Late', 'number')], [[words('Waiting for SkyNet Hosting'), count(20)], [words('Wrong assignment'), count(12)], [words('No spare part'), count(6)]], { density: 'dense' }),
          },
          {
            kind: 'figure',
            caption: ['E-mail was down twice, 29 minutes in all.'],
            alternative: 'Timeline of outages in October.',
            drawing: availabilityTimeline({
              lanes: [
                { label: given('Corporate e-mail'), outages: [{ from: 0.2, until: 0.2004, excluded: false }, { from: 0.61, until: 0.613, excluded: false }, { from: 0.8, until: 0.81, excluded: true }] },
                { label: 'VPN', outages: [{ from: 0.4, until: 0.43, excluded: false }] },
              ],
              ticks: [1, 8, 15, 22, 29].map((day) => ({ label: `${day} Oct`, position: (day - 1) / 31 })),
            }),
            table: table([column('Service'), column('From'), column('Minutes', 'number')], [[words('Corporate e-mail'), words('2026-10-07 04:49'), count(18)]], { density: 'dense' }),
          },
          {
            kind: 'figure',
            caption: ['Tickets were 8% above the agreed limit.'],
            alternative: 'Bullet bars of workload.',
            drawing: bulletBars([
              { label: given('E-mail, gold: tickets'), value: 972, limit: 900, status: 'below', printed: '972 of 900' },
              { label: 'VPN: tickets', value: 120, limit: 300, status: 'met', printed: '120 of 300' },
              { label: 'Changes', value: undefined, limit: 40, status: 'no-data', printed: 'no data' },
            ]),
            table: table([column('Limit'), column('Tickets', 'number'), column('Agreed', 'number')], [[words('E-mail, gold'), count(972), count(900)]], { density: 'dense' }),
          },
        ],
        { anchor: 'targets' },
      ),
      { kind: 'page-break' },
      section('Actions', [
        attention(strong('One action is late. '), given('The supplier review has no date.')),
        note('Exclusions: maintenance, force majeure.'),
        list([[given('Fund a second directory site'), quiet(' (Anna Berg, by 2027-03-31)')], ['Move dates into supplier blocks']]),
        { kind: 'status', status: 'below', content: [given('the restoration of P1')] },
        section('Feasibility', [paragraph(given('Nothing to say.'))]),
        signatures([{ name: given('Anna Berg'), role: given('Head of service management'), organization: given('ACME Services') }, { name: given('Robert Keller') }]),
      ], { anchor: 'actions' }),
    ],
  };
}
