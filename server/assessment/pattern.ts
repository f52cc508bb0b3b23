import { declaredTitle } from '../../language/model/declared-title.ts';
import type { AnyDeclaration, EntityKey } from '../../language/model/declarations.ts';
import type { Finding } from '../../language/model/finding.ts';
import { attributed, composeAtPlaces, composeRecommended, crashFinding, isRecommended, isRequired, type StandingOf } from './compose-findings.ts';
import { note, shortfall, unknown, type Remark } from './remark.ts';
import type { Outcome } from './row-tally.ts';
import type { Rule } from './rule.ts';

/** What tells declarations apart of which rules say the same. */
export interface Subject {
  readonly key: EntityKey;
  readonly title: string | undefined;
}

export function subjectOf(declaration: AnyDeclaration): Subject {
  return { key: declaration.$key, title: declaredTitle(declaration) };
}

/** Whether a pattern reads the same of both. */
export function isSameSubject(a: AnyDeclaration, b: AnyDeclaration): boolean {
  return a === b || (a.$key === b.$key && declaredTitle(a) === declaredTitle(b));
}

/** Stand in a pattern for what differs; of the area that hardly any text uses for itself. Where one does, another mark and a digit stand for its own. */
const keyMark = '\uE000';
const titleMark = '\uE001';
const idMark = '\uE002';
const ownMark = '\uE003';
const marks = /[\uE000-\uE003]/;
const allMarks = /[\uE000-\uE003]/g;
const allFilledIn = /\uE003[0-3]|[\uE000-\uE002]/g;

/** What is found of every declaration with a pattern, with marks for what differs. */
export interface PatternFindings {
  /** At the declaration itself. */
  readonly here: readonly Finding[];
  /** At other declarations that its rules look at. */
  readonly elsewhere: readonly Finding[];
  /** The rows that the findings at the declaration name, once for each finding. */
  readonly rows: readonly string[];
}

/** What one rule said of a declaration, as it stands in the declaration's pattern. */
export interface KeptOutcome {
  readonly rule: Rule;
  /** As JSON, with marks. */
  readonly text: string;
}

/**
 * What rules say of a declaration but for its own name and title: the same of thousands. So the sentences are kept once for all of them,
 * and those of one declaration are put together when somebody reads them.
 */
export class Pattern {
  /** What was said, as JSON, with marks. */
  readonly #text: string;
  /** Where in it what each rule said ends. */
  readonly #ends: readonly number[];
  readonly #rules: readonly Rule[];
  /** Where what was said fits no pattern, the one declaration of which it was said. */
  readonly #only: EntityKey | undefined;
  readonly #counted: readonly Outcome[];
  readonly #countsNames: boolean;
  /** How many declarations have it. */
  users = 0;
  #found: PatternFindings | undefined;
  #foundUnder = -1;

  /** @param counted one outcome for all that count alike */
  constructor(text: string, ends: readonly number[], rules: readonly Rule[], only: EntityKey | undefined, counted: (outcome: Outcome) => Outcome) {
    this.#text = text;
    this.#ends = ends;
    this.#rules = rules;
    this.#only = only;
    this.#counted = this.#read().map(counted);
    this.#countsNames = this.#counted.some(({ remarks }) => remarks.some((remark) => 'reason' in remark && marks.test(remark.reason)));
  }

  /** Tells it apart from the others. */
  get name(): string {
    return nameOf(this.#text, this.#only);
  }

  /** What the rules said of a declaration. */
  outcomes(subject: Subject): readonly Outcome[] {
    return this.#read().map(({ rule, remarks, crash }) => ({ rule, remarks: filledIn(remarks, subject), ...(crash === undefined ? {} : { crash: filledIn(crash, subject) }) }));
  }

  /** What the rules said, to be taken over into another pattern of the same declaration. */
  kept(subject: Subject): readonly (KeptOutcome | Outcome)[] {
    if (this.#only !== undefined) return this.outcomes(subject);
    return this.#counted.map(({ rule }, index) => ({ rule, text: this.#text.slice((this.#ends[index - 1] ?? 0) + 1, this.#ends[index]) }));
  }

  /** As far as it counts in the tallies of rows: without sentences. */
  counted(subject: Subject): readonly Outcome[] {
    return this.#countsNames ? this.outcomes(subject) : this.#counted;
  }

  /** @param standings names how findings stand now: put together anew only when that is another */
  found(standings: number, standingOf: StandingOf): PatternFindings {
    if (!this.#found || this.#foundUnder !== standings) {
      this.#found = this.#compose(standingOf);
      this.#foundUnder = standings;
    }
    return this.#found;
  }

  #compose(standingOf: StandingOf): PatternFindings {
    const outcomes = this.#read();
    const key = this.#only ?? (keyMark as EntityKey);
    const place = { entity: key };
    const findings: readonly Finding[] = [
      ...composeAtPlaces(attributed(outcomes.filter(isRequired)), place, standingOf),
      ...composeRecommended(attributed(outcomes.filter(isRecommended)), place),
      ...outcomes.flatMap((outcome) => (outcome.crash === undefined ? [] : [crashFinding(outcome.rule, outcome.crash, place)])),
    ];
    const isHere = (finding: Finding): boolean => 'entity' in finding.place && finding.place.entity === key && finding.place.occurrence === undefined;
    const here = findings.filter(isHere);
    return { here, elsewhere: findings.filter((finding) => !isHere(finding)), rows: here.flatMap(({ requirements }) => requirements) };
  }

  #read(): readonly Outcome[] {
    return (JSON.parse(this.#text) as readonly PackedOutcome[]).map(([rule, remarks, crash]) => ({ rule: this.#rules[rule]!, remarks, ...(crash === undefined ? {} : { crash }) }));
  }
}

type PackedOutcome = readonly [rule: number, remarks: readonly Remark[], crash?: string];

/** Of patterns that no declaration has any more so many are remembered: a name that is mistyped is soon right again. */
const mostUnused = 500;

/** The patterns of what a set of rules has said. */
export class Patterns {
  readonly #rules: readonly Rule[];
  readonly #positions: ReadonlyMap<Rule, number>;
  readonly #known = new Map<string, Pattern>();
  readonly #unused = new Set<Pattern>();
  readonly #counted = new Map<string, Outcome>();

  constructor(rules: readonly Rule[]) {
    this.#rules = rules;
    this.#positions = new Map(rules.map((rule, position) => [rule, position]));
  }

  /** The pattern of what was said of a declaration, which has it until it is released. */
  take(said: readonly (KeptOutcome | Outcome)[], subject: Subject): Pattern {
    const pattern = this.#shared(said, subject) ?? this.#know(said.map((one) => withOwnMarks(this.#textOf('text' in one ? unpacked(one, subject) : one))), subject.key);
    if (pattern.users++ === 0) this.#unused.delete(pattern);
    return pattern;
  }

  release(pattern: Pattern): void {
    if (--pattern.users > 0) return;
    this.#unused.add(pattern);
    if (this.#unused.size <= mostUnused) return;
    const [oldest] = this.#unused;
    if (!oldest) return;
    this.#unused.delete(oldest);
    this.#known.delete(oldest.name);
  }

  /** Undefined where what was said fits no pattern. */
  #shared(said: readonly (KeptOutcome | Outcome)[], subject: Subject): Pattern | undefined {
    const fresh: (readonly [shared: string, text: string])[] = [];
    const shared: string[] = [];
    for (const one of said) {
      if ('text' in one) shared.push(one.text);
      else {
        const text = this.#textOf(one);
        const marked = withMarks(text, subject);
        fresh.push([marked, text]);
        shared.push(marked);
      }
    }
    return this.#known.get(nameOf(listOf(shared), undefined)) ?? (fresh.every(([marked, text]) => reads(marked, text, subject)) ? this.#know(shared, undefined) : undefined);
  }

  #textOf({ rule, remarks, crash }: Outcome): string {
    const position = this.#positions.get(rule)!;
    const packed: PackedOutcome = crash === undefined ? [position, remarks] : [position, remarks, crash];
    return JSON.stringify(packed);
  }

  #know(texts: readonly string[], only: EntityKey | undefined): Pattern {
    const text = listOf(texts);
    const name = nameOf(text, only);
    let pattern = this.#known.get(name);
    if (!pattern) {
      let end = 0;
      const ends = texts.map((one) => (end += 1 + one.length));
      this.#known.set(name, (pattern = new Pattern(text, ends, this.#rules, only, (outcome) => this.#countedAs(outcome))));
    }
    return pattern;
  }

  #countedAs({ rule, remarks, crash }: Outcome): Outcome {
    const counting = remarks.map(withoutSentences);
    const key = JSON.stringify([this.#positions.get(rule), counting, crash]);
    let counted = this.#counted.get(key);
    if (!counted) this.#counted.set(key, (counted = { rule, remarks: counting, ...(crash === undefined ? {} : { crash }) }));
    return counted;
  }
}

/** What of a remark the tallies of rows count. */
function withoutSentences(remark: Remark): Remark {
  switch (remark.kind) {
    case 'shortfall':
      return shortfall('', { axis: remark.axis });
    case 'unknown':
      return unknown(remark.axis, '');
    case 'note':
      return note('');
    case 'shown':
    case 'notApplicable':
      return remark;
    default:
      return remark satisfies never;
  }
}

/** The finding of a pattern as it is of one declaration. */
export function findingOf(finding: Finding, subject: Subject): Finding {
  return { ...finding, ...filledIn({ message: finding.message, place: finding.place, related: finding.related, fixes: finding.fixes }, subject) };
}

/** Parts of texts are replaced whatever they stand for, which putting them back undoes. */
function withMarks(json: string, { key, title }: Subject): string {
  let text = withOwnMarks(json).replaceAll(withOwnMarks(inJson(key)), keyMark);
  if (title !== undefined && title !== '') text = text.replaceAll(withOwnMarks(inJson(title)), titleMark);
  const id = idOf(key);
  return id === '' ? text : text.replaceAll(withOwnMarks(inJson(id)), idMark);
}

function withOwnMarks(text: string): string {
  return marks.test(text) ? text.replace(allMarks, (mark) => `${ownMark}${mark.charCodeAt(0) - keyMark.charCodeAt(0)}`) : text;
}

/**
 * Whether a pattern reads as what it was made from once the marks are replaced. It does not where a name is like a word of the format
 * itself. What holds of one declaration holds of all that have the pattern: marks then stand within texts only.
 */
function reads(pattern: string, json: string, subject: Subject): boolean {
  try {
    const read: unknown = JSON.parse(pattern);
    return JSON.stringify(filledIn(read, subject)) === json && !hasMarkedPath(read);
  } catch {
    return false;
  }
}

/** Paths lead to facts of every declaration that has the pattern. */
function hasMarkedPath(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(hasMarkedPath);
  return Object.entries(value).some(([name, inner]) => (name === 'path' || name === 'kind' || name === 'axis' ? marks.test(JSON.stringify(inner)) : hasMarkedPath(inner)));
}

function filledIn<T>(value: T, subject: Subject): T {
  const wordsOf = (mark: string): string => {
    switch (mark) {
      case keyMark:
        return subject.key;
      case titleMark:
        return subject.title ?? mark;
      case idMark:
        return idOf(subject.key);
      default:
        return String.fromCharCode(keyMark.charCodeAt(0) + Number(mark[1]));
    }
  };
  return mapTexts(value, (text) => (marks.test(text) ? text.replace(allFilledIn, wordsOf) : text)) as T;
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => mapTexts(item, change));
  const result: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) result[name] = mapTexts(inner, change);
  return result;
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function unpacked({ rule, text }: KeptOutcome, subject: Subject): Outcome {
  const [, remarks, crash] = filledIn(JSON.parse(text) as PackedOutcome, subject);
  return { rule, remarks, ...(crash === undefined ? {} : { crash }) };
}

function listOf(texts: readonly string[]): string {
  return `[${texts.join()}]`;
}

function nameOf(text: string, only: EntityKey | undefined): string {
  return only === undefined ? text : `${only} ${text}`;
}

function idOf(key: EntityKey): string {
  return key.slice(key.indexOf(':') + 1);
}
