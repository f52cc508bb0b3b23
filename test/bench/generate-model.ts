import { seededRandom } from './random.ts';

/** The text of one file of a generated model. */
export interface GeneratedFile {
  readonly file: string;
  readonly text: string;
}

export interface GeneratedModel {
  readonly lines: number;
  readonly files: readonly GeneratedFile[];
  /** The file that every other refers to: people, teams, customers, calendars, priorities. */
  readonly hub: string;
  /** A file that no other refers to. */
  readonly leaf: string;
}

const linesPerFile = 2000;
const people = 60;
const teams = 20;
const customers = 12;

/**
 * A closed model of about the given number of lines: one hub file and as many files of services, agreements, processes
 * and registers as it takes. Same seed, same text.
 */
export function generateModel(lines: number, seed = 20000): GeneratedModel {
  const random = seededRandom(seed);
  const pick = (count: number): number => Math.floor(random() * count);
  const person = (): string => `person-${pick(people)}`;
  const team = (): string => `team-${pick(teams)}`;

  const hub = hubText();
  const files: GeneratedFile[] = [{ file: 'hub.itsms', text: hub }];
  let written = countLines(hub);
  let unit = 0;
  // The last file is small and nobody refers to it.
  const leaf = unitText(999_999, [], person, team, pick);
  while (written + countLines(leaf) < lines) {
    const parts: string[] = [];
    const goal = Math.min(linesPerFile, lines - written - countLines(leaf));
    let inFile = 0;
    const services: string[] = [];
    while (inFile < goal) {
      const text = unitText(unit, services, person, team, pick);
      services.push(`service-${unit}`);
      parts.push(text);
      inFile += countLines(text);
      unit++;
    }
    written += inFile;
    files.push({ file: `part-${String(files.length).padStart(3, '0')}.itsms`, text: parts.join('') });
  }
  files.push({ file: 'zz-leaf.itsms', text: leaf });
  return { lines: written + countLines(leaf), files, hub: 'hub.itsms', leaf: 'zz-leaf.itsms' };
}

function countLines(text: string): number {
  return text.split('\n').length - 1;
}

function numbered(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('');
}

function hubText(): string {
  return `organization provider "Example Provider" {
  standard iso20000:2018
  scope "Managed IT services of Example Provider"
  top management person-0
}

${numbered(people, (index) => `person person-${index} "Person ${index}"`)}
${numbered(teams, (index) => `team team-${index} "Team ${index}" lead person-${index}`)}
${numbered(customers, (index) => `customer customer-${index} "Customer ${index}"`)}
calendar office "Office hours" {
  timezone Europe/London
  open Mon-Fri 08:00-18:00
  holidays GB-ENG
  maintenance Sun 02:00-04:00
}

priority P1 "Critical" when impact high and urgency high
priority P2 "High" when impact high and urgency medium

catalogue services "Service catalogue" {
  owner person-1
  lists all
  published at "https://example.com/services" on 2026-06-30
  access "Everybody, without signing in"
  audience ${Array.from({ length: customers }, (_, index) => `customer-${index}`).join(', ')}
  review every 12mo last 2026-06-30
}

source tickets of incident from "data/incidents.csv" {
  dates iso
  key id
  map opened = opened
  map responded = responded
  map restored = restored
  map closed = closed
  map priority = priority { "1" = P1  "2" = P2 }
  map service = service
}
source outages of outage from "data/outages.csv" {
  dates iso
  key id
  map started = down
  map ended = up
  map service = service
}

policy service-policy "Service management policy" {
  file "docs/service-policy.md" version "2.0"
  owner person-1
  approved by person-0 on 2026-02-10
  review every 12mo last 2026-02-10
}
`;
}

function unitText(unit: number, services: readonly string[], person: () => string, team: () => string, pick: (count: number) => number): string {
  const depends = services.length === 0 ? '  no dependencies' : `  depends on ${services[pick(services.length)]}`;
  const customer = `customer-${pick(customers)}`;
  const owner = person();
  return `
/** Service ${unit}: what it is for and whom it serves. */
service service-${unit} "Service number ${unit}" {
  summary "What service ${unit} does for the people who use it every day"
  outcome "Work goes on", "Nobody waits"
  owner ${owner}
  customer ${customer}
  status live
  criticality ${['low', 'medium', 'high'][pick(3)]}
${depends}
}

ci ci-${unit}-a "Server ${unit} A" {
  type server
  owner ${team()}
  supports service-${unit}
}
ci ci-${unit}-b "Server ${unit} B" { type server  owner ${team()}  supports service-${unit} }

service requirement requirement-${unit} "Availability of service ${unit}" for service-${unit} {
  statement "Service ${unit} is there when it is needed"
  source ${customer}
  agreed with ${customer} by ${owner} on 2025-12-01
}

sla sla-${unit} "Agreement on service ${unit}" for service-${unit} with ${customer} {
  valid 2026-01-01 to 2026-12-31
  agreed with ${customer} by ${owner} on 2025-12-12
  based on requirement-${unit}
  review every 6mo last 2026-06-30
  service hours always
  support hours office
  target uptime      availability >= 99.${pick(10)}% per month from outages
  target p1-response respond P1 within 15min for 95% per month from tickets
  target p1-restore  restore P1 within 4h for 95% per month from tickets
  target p2-restore  restore P2 within 2 working days for 90% per month from tickets
  workload tickets <= ${100 + pick(900)} per month from tickets
  no exceptions
  credit 5% when uptime < 98.5%
}

service report report-${unit} "Report on service ${unit}" for sla-${unit} {
  purpose "Show whether service ${unit} keeps what was agreed"
  audience ${customer}
  every month
  owner ${owner}
  produced 2026-11-03 for 2026-10 to ${customer}
}

ola ola-${unit} by ${team()} for service-${unit} {
  support hours office
  target p1-restore restore P1 within 2h for 95% per month
}

process process-${unit} "Process ${unit}" {
  purpose "Keep service ${unit} as agreed"
  owner ${person()}
  entry "Something is to be done"
  exit "It is done"
  step log "Log and classify" R ${team()} A ${person()} using "Tool" within 15min -> major
  decide major "Major?" yes -> bridge no -> fix
  step bridge "Open the bridge" R ${team()} A ${person()} I ${customer} -> fix
  step fix "Diagnose and restore" R ${team()} A ${person()} -> close
  step close "Confirm and close" R ${team()} A ${person()} -> end
  measured by metric-${unit}
}

metric metric-${unit} "Satisfaction with service ${unit}" {
  unit score
  target >= 4.2 warn 4.4
  every quarter
  owner ${person()}
  record 2026-Q2 = 4.${pick(10)}, 2026-Q3 = 4.${pick(10)}
}

risk risk-${unit} "Only one site for service ${unit}" {
  affects service-${unit}, ci-${unit}-a
  likelihood ${1 + pick(5)} impact ${1 + pick(5)}
  treat reduce via improvement-${unit}
  owner ${person()}
  review every 6mo last 2026-09-15
}

improvement improvement-${unit} "A second site for service ${unit}" {
  from risk-${unit}
  expects sla-${unit}.uptime 99.5% -> 99.9%
  cost ${1000 + pick(90_000)} EUR
  owner ${person()}
  due 2027-03-31
  status ${['proposed', 'approved', 'planned'][pick(3)]}
}
`;
}
