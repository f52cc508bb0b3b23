import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Measurements } from '../../server/measurement/figure.ts';
import { proposalFor, proposalProfile } from '../../server/measurement/propose-source/proposal.ts';
import { openNodeHost } from '../../server/project/node-host.ts';
import { readModel } from '../language/read-model.ts';
import { figureOf, MeasuredProject } from '../measurement/measured-project.ts';
import { sharedData } from '../measurement/shared-data.ts';

/** Measures a file of a set as `export.csv`. */
async function measureFile(folder: string, file: string, text: string, asOf: string): Promise<Measurements> {
  return measureText(readFileSync(join(folder, file)), text, asOf);
}

async function measureText(content: string | Uint8Array, text: string, asOf: string): Promise<Measurements> {
  const project = new MeasuredProject(text, { 'export.csv': content });
  try {
    return await project.measure(asOf);
  } finally {
    project.remove();
  }
}

/** One of what was found says it. */
function says({ findings }: Measurements, code: string, message: RegExp): void {
  assert.ok(findings.some((finding) => finding.code === code && message.test(finding.message)), `${message}\n${findings.map((finding) => `${finding.code}: ${finding.message}`).join('\n')}`);
}

const log = (facts: string, dates = 'dd-MM-yyyy HH:mm'): string => `
priority P1
priority P2
priority P3
priority P4
source tickets of incident from "export.csv" {
  dates "${dates}" in Europe/Lisbon
  history by number at sys_updated_at
  ${facts}
  map opened = opened_at
  map restored = resolved_at
  map priority = priority { "1 - Critical" = P1  "2 - High" = P2  "3 - Moderate" = P3  "4 - Low" = P4 }
  map classification = category
  map target-met = made_sla
}
metric n { from tickets value count every year }
`;

const problems = (facts: string): string => `
source problems of problem from "export.csv" {
  ${facts}
  dates iso
  history by "Problem Number" at "Problem Change Date+Time"
  keep last
  map opened = first time "Problem Number" is not empty
  map resolved = last time "Problem Status" = "Completed"
}
metric n { from problems value count every year }
`;

interface Published {
  readonly slug: string;
  readonly uptime: string;
  readonly dailyMinutesDown: Readonly<Record<string, number>>;
}

/** Each service’s days of downtime as outages; what lies before and after it was watched is left out, as maintenance. */
function uptime(folder: string, order: (days: string[]) => string[] = (days) => days): { readonly services: readonly Published[]; readonly csv: string; readonly model: string } {
  const services = JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8')) as readonly Published[];
  const rows = services.flatMap(({ slug, dailyMinutesDown }) => {
    const history = readFileSync(join(folder, 'history', `${slug}.yml`), 'utf8');
    const [start, end] = ['startTime', 'lastUpdated'].map((name) => new RegExp(`^${name}: (.*)$`, 'm').exec(history)?.[1] ?? '');
    const outages = order(Object.keys(dailyMinutesDown)).map((day) => `${slug} ${day},${day}T00:00:00Z,${new Date(Date.parse(`${day}T00:00:00Z`) + dailyMinutesDown[day]! * 60_000).toISOString()},${slug},no`);
    return [`${slug} before,2025-01-01T00:00:00Z,${start},${slug},yes`, `${slug} after,${end},2026-09-01T00:00:00Z,${slug},yes`, ...outages];
  });
  const model = `customer users
${services.map(({ slug }) => `service ${slug}\nsla ${slug}-sla for ${slug} with users {\n  service hours always\n  valid 2025-01-01 to 2026-08-31\n  target ${slug}-up availability >= 99% per year from outages\n  except maintenance\n}`).join('\n')}
source outages of outage from "export.csv" { key id  map started, ended, service, planned  complete until 2026-12-31 }
`;
  return { services, csv: `id,started,ended,service,planned\n${rows.join('\n')}\n`, model };
}

/** Share of all the time that a service was watched, in percent, from the figures of both years. */
function uptimeOf(result: Measurements, slug: string): number {
  const figures = ['2025', '2026'].map((year) => figureOf(result, `${slug}-up`, year));
  const sum = (part: 'numerator' | 'denominator'): number => figures.reduce((all, figure) => all + Number(figure[part]), 0);
  return (100 * sum('numerator')) / sum('denominator');
}

/** For each line of a set’s README that says what is odd or what the set is good for: how it is found. */
const oddities: Readonly<Record<string, Readonly<Record<string, (folder: string) => Promise<void>>>>> = {
  'tickets-bpic2013-closed-problems': {
    'Latin-1 bytes (`Jüri`) that are not valid UTF-8': async (folder) => {
      says(await measureFile(folder, 'VINST cases closed problems.csv', problems(''), '2013-01-10'), 'data-file', /^export\.csv is not UTF-8\. It was read as Latin-1 \(“Jüri”\): say which encoding it has/);
    },
    'status and sub status stand in the opposite order to what one expects': async (folder) => {
      const { model } = readModel('');
      const project = { model, host: await openNodeHost(folder), trusted: true };
      for (const [file, status, sub] of [['VINST cases closed problems.csv', 'Problem Status', 'Problem Sub Status'], ['bpic2013_closed_problems.xes.gz', 'concept:name', 'lifecycle:transition']] as const) {
        const profile = await proposalProfile(project, { patterns: [file], signal: new AbortController().signal });
        assert.ok(typeof profile !== 'string', String(profile));
        const proposed = proposalFor(project, profile, {});
        assert.ok(typeof proposed !== 'string', String(proposed));
        assert.ok(proposed.text.includes(`// States are taken from ${status}: “Accepted”, “Completed”, “Queued”, “Unmatched”. There is also ${sub}: “In Progress”, “Closed”, `), proposed.text);
      }
    },
    'throughput from seconds to years (one case 2006-2012)': async (folder) => {
      const result = await measureFile(folder, 'VINST cases closed problems.csv', problems('encoding latin-1'), '2013-01-10');
      says(result, 'data-length', /took from .+ to 2,254 days, half of them up to 82 days; 252 of 1,487 took more than a year: 1-109135791 \(2006-01-11 to 2012-/);
      assert.equal(result.findings.length, 1);
    },
  },
  'tickets-uci-servicenow-sample': {
    '`?` stands for null, also in date columns (59 rows without resolved_at, 29 tickets)': async (folder) => {
      const all = await measureFile(folder, 'incident_event_log.csv', log('keep all'), '2018-01-10');
      says(all, 'data-unreadable', /^59 of 5998 records of tickets have a value of “restored” that is no date under “dd-MM-yyyy HH:mm”: “\?” \(INC\d+\)\. It is unknown for them\. If it means that nothing is there, say so: “empty "\?"”\.$/);
      says(await measureFile(folder, 'incident_event_log.csv', log('keep last'), '2018-01-10'), 'data-unreadable', /^29 of 890 records of tickets have a value of “restored”/);
    },
    'made_sla, priority and category change within a ticket: take the last row': async (folder) => {
      const result = await measureFile(folder, 'incident_event_log.csv', log('empty "?"'), '2018-01-10');
      says(result, 'data-history', /^Of 890 records of tickets some differ from row to row: “priority” \(of 39\), “classification” \(of 65\), “target-met” \(of 395\)\. The last row counts; say “keep last”/);
      assert.deepEqual((await measureFile(folder, 'incident_event_log.csv', log('empty "?" keep last'), '2018-01-10')).findings, []);
    },
    'day-first dates that a month-first reader parses without error for days 1-12': async (folder) => {
      says(await measureFile(folder, 'incident_event_log.csv', log('empty "?" keep last', 'MM-dd-yyyy HH:mm'), '2018-01-10'), 'date-format', /^\d+ of \d+ records of tickets have a value of “opened” that is no date under “MM-dd-yyyy HH:mm”, and all of them are dates when day and month are exchanged: .* so none of these dates can be trusted\.$/);
    },
  },
  'tickets-jira-agile': {
    '1,662 rows are finished one day before they were created (cycle -1; no row has cycle 0): an SLA report must not count them as met in time without a word': async (folder) => {
      const result = await measureFile(folder, 'jira.csv', 'source tasks of service-request from "export.csv" { dates iso in UTC  key id  map opened = created_date  map fulfilled = finished_date }\nmetric quick { from tasks value share of fulfilled - opened <= 30d every year }', '2020-01-10');
      says(result, 'data-order', /^1662 of 4123 records of tasks have “fulfilled” before “opened”: P0-T5052 \(2015-02-04 00:00 before 2015-02-05 00:00\)/);
      assert.equal(result.figures.reduce((sum, { excluded }) => sum + excluded.reduce((inner, { amount }) => inner + Number(amount), 0), 0), 1662);
    },
    'dates without a time; ticket = row; data quality findings': async (folder) => {
      const result = await measureFile(folder, 'jira.csv', 'source tasks of service-request from "export.csv" { dates iso in Europe/Zurich  key id  map opened = created_date  map fulfilled = finished_date }', '2020-01-10');
      says(result, 'data-time', /^“opened” and “fulfilled” of tasks are days without a time of day, in all 4,123 records/);
    },
  },
  'tickets-helpdesk-italian-minimal': {
    'the least an export can hold: no priority, no status, no category – the tool has to say what it cannot compute': async (folder) => {
      const result = await measureFile(folder, 'helpdesk.csv', `customer users
service desk
priority P1
source cases of incident from "export.csv" { history by CaseID at CompleteTimestamp  map opened = first time CaseID is not empty  map restored = last time ActivityID is not empty }
sla all for desk with users { target p1 restore P1 within 4h for 90% per year from cases  target any restore within 60d for 90% per year from cases }`, '2014-06-10');
      says(result, 'data-time', /^Times of cases say neither their offset nor their zone: they were read as UTC/);
      assert.equal(figureOf(result, 'p1', '2013').reason, 'cases maps no “priority”');
      assert.match(figureOf(result, 'any', '2013').computation, /the source does not say which service/);
    },
  },
  'availability-upptime': {
    'one service is down all the time since a URL changed (34 %)': async (folder) => {
      const { csv, model } = uptime(folder);
      const result = await measureText(csv, model, '2027-01-10');
      assert.equal(uptimeOf(result, 'axial-quote-backend').toFixed(1), '34.0');
      const { verdict, value, missed } = figureOf(result, 'axial-quote-backend-up', '2026');
      assert.equal(verdict, 'missed');
      assert.ok(Number(value) < 34, value);
      assert.ok(missed.length > 0);
    },
    'keys of dailyMinutesDown are not in date order': async (folder) => {
      const [given, sorted] = [uptime(folder), uptime(folder, (days) => days.toSorted())];
      assert.notEqual(given.csv, sorted.csv);
      const plain = async ({ csv, model }: typeof given): Promise<unknown> => (await measureText(csv, model, '2027-01-10')).figures.map(({ subject, period, numerator, denominator, value, verdict }) => ({ subject, period, numerator, denominator, value, verdict }));
      assert.deepEqual(await plain(given), await plain(sorted));
    },
    'availability per month against a target, error budgets; the published `uptime` can be recomputed from the minutes (agrees to 0.01 points)': async (folder) => {
      const { services, csv, model } = uptime(folder);
      const result = await measureText(csv, model, '2027-01-10');
      assert.deepEqual(result.findings.filter(({ severity }) => severity === 'error'), []);
      assert.equal(services.length, 12);
      for (const { slug, uptime: published } of services) {
        const own = uptimeOf(result, slug);
        // To 0.01 points of what is published with two decimals.
        assert.ok(Math.abs(own - Number(published.replace('%', ''))) <= 0.015, `${slug}: ${own} and ${published}`);
      }
    },
  },
};

describe('what is odd about real exports', function () {
  this.timeout(180_000);

  for (const [set, lines] of Object.entries(oddities)) {
    const folder = sharedData(set);
    describe(set, () => {
      it('has every oddity that is known of it in this table', function () {
        // The data is not part of the repository: skipped visibly where it is absent.
        if (folder === undefined) this.skip();
        const readme = readFileSync(join(folder!, 'README.md'), 'utf8');
        const listed = [.../^\*\*What is odd in it[^\n]*\n\n((?:- .*\n?)+)/m.exec(readme)?.[1]?.matchAll(/^- (.*)$/gm) ?? []].map(([, line]) => line!);
        assert.deepEqual(listed.filter((line) => !Object.hasOwn(lines, line)), []);
        assert.deepEqual(Object.keys(lines).filter((line) => !readme.includes(line)), []);
      });

      for (const [line, check] of Object.entries(lines)) {
        it(line, async function () {
          if (folder === undefined) this.skip();
          await check(folder!);
        });
      }
    });
  }
});
