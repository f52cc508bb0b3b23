import assert from 'node:assert/strict';
import { patternFault } from '../../../language/validation/checks/patterns.ts';
import { findingsOf } from './findings.ts';

/** What is found, as `code at text`, with the suggestion behind an arrow. */
function found(text: string): string[] {
  return findingsOf(text).filter(({ code }) => code !== 'unknown-name').map(({ code, text: at, suggestion }) => `${code} at ${at}${suggestion === undefined ? '' : ` → ${suggestion}`}`);
}

const sla = (facts: string): string => `sla s for a with b {\n  ${facts}\n}`;
const calendar = (facts: string): string => `calendar c {\n  timezone Europe/London\n  open Mon-Fri 08:00-18:00\n  ${facts}\n}`;
const source = (facts: string): string => `source s of incident from "data/a.csv" {\n  key id\n  ${facts}\n}`;

const cases: readonly (readonly [string, string, readonly string[]])[] = [
  ['a date that does not exist', 'evidence e { dated 2026-02-30 }', ['impossible-date at 2026-02-30 → 2026-02-28']],
  ['a month that does not exist, deep inside', 'nonconformity n {\n  action "Mend" due 2026-13-01\n}', ['impossible-date at 2026-13-01 → 2026-01-13']],
  ['a quarter that does not exist', 'metric m { record 2026-Q5 = 4 }', ['impossible-period at 2026-Q5']],
  ['a unit that does not exist', sla('target p restore P1 within 4hours for 95%'), ['impossible-duration at 4hours → 4h']],
  ['a unit in capitals', 'risk r { review every 6MO }', ['impossible-duration at 6MO → 6mo']],
  ['an interval of nothing', 'risk r { review every 0d }', ['empty-interval at 0d']],
  ['hours beyond the day', calendar('open Sat 08:00-25:00'), ['impossible-hours at 08:00-25:00']],
  ['hours of no length', calendar('open Sat 08:00-08:00'), ['impossible-hours at 08:00-08:00 → 00:00-24:00']],
  ['an unknown time zone', 'calendar c { timezone Europe/Lodnon  open Mon 08:00-18:00 }', ['unknown-time-zone at Europe/Lodnon → Europe/London']],
  ['an unknown holiday region', calendar('holidays UK'), ['unknown-region at UK → GB']],
  ['an unknown currency', 'improvement i { cost 500 EUO }', ['impossible-amount at 500 EUO → 500 EUR']],
  ['a calendar without a zone', 'calendar c { open Mon-Fri 08:00-18:00 }', ['missing-time-zone at c']],
  ['a calendar without hours', 'calendar c { timezone Europe/London }', ['missing-hours at c']],
  ['neither where a calendar builds on another', 'calendar c { extends office  closed 2026-12-24 }', []],
  ['a calendar that builds on itself', 'calendar c { extends c }', ['cycle at c']],
  ['hours that overlap', calendar('open Wed-Sat 17:00-20:00'), ['overlapping-hours at 17:00-20:00']],
  ['hours that pass midnight into others', calendar('open Sun 22:00-09:00'), ['overlapping-hours at 22:00-09:00']],
  ['hours that merely meet', calendar('open Mon-Fri 18:00-20:00'), []],
  ['a name that is built in', 'calendar always { timezone UTC  open Mon 08:00-09:00 }', ['built-in-name at always']],
  ['dates the wrong way round', sla('valid 2026-12-31 to 2026-01-01'), ['dates-reversed at 2026-01-01 → 2026-12-31']],
  ['a nonconformity closed before it was detected', 'nonconformity n { detected 2026-05-01  closed 2026-04-01 }', ['dates-reversed at 2026-04-01']],
  ['a share of more than all', sla('target p restore P1 within 4h for 105%'), ['impossible-value at 105%']],
  ['an availability of more than all', sla('target u availability >= 101%'), ['impossible-value at 101%']],
  ['a fact stated twice', 'service s { group "a"  group "b" }', ['repeated-fact at "b"']],
  ['a fact that the part before it took up', 'service s {\n  component c ci a\n  ci b\n}\nci a\nci b', ['repeated-fact at b']],
  ['nothing of an expression on the right of another', 'metric m { value share of a - 5d >= as-of - (b + 1d) and not c - 1d < d - 2d }', []],
  ['a target stated twice', sla('target u availability >= 99%\n  target u availability >= 98%'), ['repeated-name at u']],
  ['a target that changes from a date', sla('target u availability >= 99%\n  target u availability >= 98% since 2026-07-01'), []],
  ['a credit in another unit', sla('target u availability >= 99%\n  credit 5% when u < 4h'), ['wrong-unit at 4h']],
  ['a credit for success', sla('target u availability >= 99%\n  credit 5% when u > 99.5%'), ['credit-for-success at >']],
  ['a warning in another unit', 'metric m { target >= 70% warn 3 }', ['wrong-unit at 3']],
  ['a warning that comes too late', 'metric m { target >= 70% warn 65% }', ['late-warning at 65%']],
  ['a warning in time', 'metric m { target <= 4h warn 3h }', []],
  ['a recorded value in another unit', 'metric m { target >= 70%  record 2026-07 = 4.2 }', ['wrong-unit at 4.2']],
  ['a period recorded twice', 'metric m { record 2026-07 = 4.2, 2026-07 = 4.3 }', ['repeated-item at 2026-07']],
  ['a period of another length', 'metric m { every quarter  record 2026-07 = 4.2 }', ['other-period at 2026-07']],
  ['an objective from one unit to another', 'objective o { metric m from 68 to 75% by 2026-12-31 }', ['wrong-unit at 75%']],
  ['facts that contradict each other', 'service s { depends on a  no dependencies }', ['contradiction at dependencies']],
  ['exceptions and none', sla('except maintenance\n  no exceptions'), ['contradiction at exceptions']],
  ['a service that depends on itself', 'service s { depends on a, s }', ['self-dependency at s']],
  ['a name that stands twice in a list', 'service s { depends on a, b, a }', ['repeated-item at a']],
  ['two steps of one name', 'process p {\n  step a R x -> a\n  step a R x -> end\n}', ['repeated-name at a']],
  ['one condition of a priority twice', 'priority p when impact high and urgency high or impact high and urgency high', ['repeated-item at impact high and urgency high']],
  ['an unknown kind of record', 'source s of incidnt from "a.csv"', ['unknown-record-kind at incidnt → incident']],
  ['a misspelt field of a record', source('map openned = a'), ['unknown-field at openned → opened']],
  ['a field of one’s own', source('map wing-of-the-building = a'), ['unknown-field at wing-of-the-building']],
  ['a field that is mapped twice', source('map opened = a\n  map opened = b'), ['repeated-field at opened']],
  ['a word that a field does not take', source('map impact = i { "1" = hihg }'), ['unknown-word at hihg → high']],
  ['a text twice in a value table', source('map impact = i { "1" = high  "1" = low }'), ['repeated-item at "1"']],
  ['a key beside a history', source('history by number at changed'), ['contradiction at id']],
  ['a fact that an action takes from its declaration', 'improvement i {\n  action "Try"\n  owner anna\n}', ['part-of-action at anna']],
  ['facts of an action on lines of their own', 'improvement i {\n  action "Try"\n      owner anna\n      due 2026-12-01\n}', []],
  ['a path out of the project', 'policy p { file "../policy.md" }', ['file-path at "../policy.md"']],
  ['a path of one machine', 'policy p { file "C:/policy.md" }', ['file-path at "C:/policy.md"']],
  ['a path from the root', 'source s of incident from "/data/*.csv"', ['file-path at "/data/*.csv"']],
  ['a path with backslashes', 'policy p { file "docs\\\\policy.md" }', ['file-path at "docs\\\\policy.md" → "docs/policy.md"']],
  ['an address for a file', 'policy p { file "https://example.org/policy.md" }', ['file-path at "https://example.org/policy.md"']],
  ['a regular expression that cannot be read', source('where number matches "(INC"'), ['regular-expression at "(INC"']],
  ['a regular expression that may take very long', source('map service = match "(a+)+$" in c'), ['regular-expression at "(a+)+$"']],
];

describe('Well-formedness of a declaration', () => {
  for (const [what, text, expected] of cases) it(`${expected.length > 0 ? 'finds' : 'accepts'} ${what}`, () => assert.deepEqual(found(text), expected));

  it('does not hold facts against each other where some could not be read, and still checks values', () => {
    assert.deepEqual(found(sla('target u availability >= 99%\n  credit 5% when u < 4h\n  valid 2026-02-30\n  xyzzy')).sort(), ['impossible-date at 2026-02-30 → 2026-02-28', 'syntax at xyzzy']);
  });
});

describe('A regular expression', () => {
  for (const pattern of ['^INC\\d+$', '(a|b)*', '([a-z]+) - .*', '(?:ab){2,3}+'.slice(0, -1), '[(+]+', '\\(a+\\)+', '(a+){2}', 'INC\\-\\d+', '(?i)mail', '(?P<number>\\d+)']) {
    it(`may be ${pattern}`, () => assert.equal(patternFault(pattern), undefined));
  }
  for (const pattern of ['(', '(a+)+', '((a*)b?)*', '(a{2,})+', '(?=a)', '(?<!a)b', '(a)\\1', 'a'.repeat(501)]) {
    it(`may not be ${pattern.slice(0, 20)}`, () => assert.notEqual(patternFault(pattern), undefined));
  }
});
