import { GrammarAST, type LangiumCoreServices } from 'langium';
import type { LocalFinding } from '../model/finding.ts';
import { span, type Span } from '../model/span.ts';
import { describeType, describeTypes } from '../references/link-check.ts';
import type { Expectation } from '../syntax/expectation.ts';
import { automatonOf } from '../syntax/grammar-automaton.ts';
import { keywordPhrases, phraseFrom } from '../syntax/keyword-phrases.ts';
import { isMissingBefore, type FaultyReading, type SyntaxProblem } from '../syntax/parse-declaration.ts';
import { beginsDeclaration } from '../syntax/split-declarations.ts';
import { blockOf, declarationRule, readStrictly, ruleOf, valueOf } from '../syntax/strict-reading.ts';
import type { PlacedToken } from '../syntax/text-tokens.ts';
import { nearest } from '../values/nearest.ts';
import { shown } from '../values/problem.ts';
import { strangeCharacters } from './strange-characters.ts';
import { begunValue, listed, oneOf, wantedWords } from './wanted.ts';
import { wrongValue } from './wrong-value.ts';

/** Says in the user's words what does not follow the grammar, at the word at fault, and where it can, what was probably meant. */
export function describeSyntaxProblem(problem: SyntaxProblem, services: LangiumCoreServices, keywords: ReadonlySet<string>): LocalFinding {
  const { text, tokens, reading, strange } = problem.reading;
  if (strange !== undefined) return strangeCharacters(text, strange);
  const situation: Situation = {
    ...problem.reading, services, keywords,
    found: tokens[reading.index], before: tokens[reading.index - 1],
    closes: reading.expected.some(({ takes }) => takes === '}'),
  };
  if (reading.index === 0) return noDeclaration(situation);
  if (situation.before && isMissingBefore(reading, tokens)) return situation.closes ? unclosed(situation, situation.before) : missing(situation, situation.before);
  if (!situation.found || !situation.before) return at(problem.at, `“${problem.found}” was not expected here.`);
  const openText = unclosedText(situation, situation.found);
  if (openText) return openText;
  if (situation.closes && isFirstOfFact(situation)) return noFact(situation, situation.found);
  return wrongWord(situation, situation.found, situation.before);
}

interface Situation extends FaultyReading {
  readonly services: LangiumCoreServices;
  readonly keywords: ReadonlySet<string>;
  readonly found: PlacedToken | undefined;
  readonly before: PlacedToken | undefined;
  /** Whether the block could be closed here, so that the fact before is a whole. */
  readonly closes: boolean;
}

function at(place: Span, message: string, suggestion?: string): LocalFinding {
  return { code: 'syntax', severity: 'error', message, at: place, ...(suggestion === undefined ? {} : { suggestion }) };
}

function spanOf(token: PlacedToken, length = token.text.length): Span {
  const firstLine = /^[^\r\n]*/.exec(token.text)?.[0].length ?? 1;
  return span(token.line, token.column, Math.max(1, token.text.includes('\n') ? firstLine : length));
}

function noDeclaration({ found, tokens, services, keywords, text }: Situation): LocalFinding {
  if (!found) return at(span(0, 0, 1), 'Here a declaration was expected.');
  const place = spanOf(found);
  if (found.text === '}') return at(place, 'This “}” closes nothing: there is one too many, or a “{” is missing before.');
  if (found.text === '""' && text.startsWith('"""', found.offset)) return at(place, 'This text is not closed: """ is missing at its end.');
  const near = nearest(found.text, keywords);
  const next = tokens[1];
  const isHead = next !== undefined && next.line === found.line && /^[\p{L}i]/u.test(next.text);
  if (near !== undefined && isHead) return at(place, `“${found.text}” is no kind of declaration; did you mean “${near}”?`, near);
  const owners = ownersOfFact(found.text, services);
  if (owners.length > 0) return { ...at(place, `“${found.text}” is a fact and stands in the block of a declaration, between { and }. Is a “{” missing before, or a “}” too many?`), code: 'missing-block' };
  if (near !== undefined) return at(place, `“${found.text}” is no kind of declaration; did you mean “${near}”?`, near);
  return at(place, `${shown(found.text)} does not begin a declaration. Those are: ${listed([...keywords].sort(), 60)}.`);
}

function unclosed(situation: Situation, before: PlacedToken): LocalFinding {
  return at(spanOf(before), `The block of this ${nounOf(blockRule(situation), situation.tokens)} is not closed: a “}” is missing.`);
}

function missing({ reading, tokens, text }: Situation, before: PlacedToken): LocalFinding {
  const begun = begunValue(reading.expected);
  const start = tokens[reading.index - (begun?.tokens ?? 0)];
  if (begun && start) {
    const raw = text.slice(start.offset, before.offset + before.text.length);
    return at(span(start.line, start.column, raw.length), `${shown(raw)} is not ${begun.words}.`);
  }
  const words = wantedWords(reading.expected).filter((word) => word !== '“,”' || reading.expected.length === 1);
  return at(spanOf(before), `After ${shown(before.text)} ${oneOf(words)} is missing.`);
}

function unclosedText({ text }: Situation, found: PlacedToken): LocalFinding | undefined {
  return found.text === '""' && text.startsWith('"""', found.offset) ? at(spanOf(found, 3), 'This text is not closed: """ is missing at its end.') : undefined;
}

/** Whether a new fact should begin here: behind the opening brace or on a new line. */
function isFirstOfFact({ found, before }: Situation): boolean {
  return found !== undefined && before !== undefined && (before.text === '{' || found.line > before.line);
}

function noFact(situation: Situation, found: PlacedToken): LocalFinding {
  const { tokens, reading, keywords, text, services } = situation;
  const rule = blockRule(situation);
  const owner = withArticle(nounOf(rule, tokens));
  const place = spanOf(found);
  const facts = factPhrases(situation, rule);
  const next = tokens[reading.index + 1];
  const pair = next && next.line === found.line ? `${found.text} ${next.text}` : found.text;
  const exact = facts.find((fact) => fact.startsWith(`${found.text} `));
  const second = facts.find((fact) => fact.endsWith(` ${found.text}`));
  if (!/^[\p{L}]/u.test(found.text)) return at(place, `A fact begins with its keyword. Those of ${owner}: ${listed(facts)}.`);
  if (second !== undefined) return at(place, `“${found.text}” does not begin a fact of ${owner}; did you mean “${second}”?`, second);
  if (exact !== undefined) return at(place, `“${found.text}” does not begin a fact of ${owner}; “${exact}” does.`);
  if (keywords.has(found.text) && beginsDeclaration(text.slice(found.offset), keywords) && ownersOfFact(found.text, services).length === 0) {
    return at(place, `“${found.text}” begins another declaration: a “}” is missing before it.`);
  }
  const ownersHere = ownersOfFact(found.text, services);
  if (rule !== declarationRule(reading.expected[0]?.trail) && ownersHere.includes(declarationRule(reading.expected[0]?.trail))) {
    return { ...at(place, `“${found.text}” is no entry of ${owner}: a “}” is missing before it.`), code: 'missing-block' };
  }
  const owners = ownersHere.map(describeOwner);
  const near = nearest(pair, facts) ?? nearest(found.text, facts.map((fact) => fact.split(' ')[0] ?? fact));
  if (owners.length > 0) return at(place, `“${found.text}” is a fact of ${oneOf(owners, 4)}, not of ${owner}.`);
  if (near !== undefined) {
    const first = near.split(' ')[0] ?? near;
    // The following words may be right already.
    const isPhrase = near.includes(' ') && next !== undefined && nearest(next.text, [near.split(' ')[1] ?? '']) === undefined;
    return at(place, `“${found.text}” is not a fact of ${owner}; did you mean “${near}”?`, isPhrase ? near : first);
  }
  return at(place, `${shown(found.text)} is not a fact of ${owner}. Its facts: ${listed(facts)}.`);
}

function wrongWord(situation: Situation, found: PlacedToken, before: PlacedToken): LocalFinding {
  const { reading, tokens, closes } = situation;
  const place = spanOf(found);
  const value = misspelledSign(found, before) ?? decimalComma(situation, found, before) ?? misspelledValue(situation, found);
  if (value) return value;
  const begun = begunValue(reading.expected);
  const start = tokens[reading.index - (begun?.tokens ?? 0)];
  if (begun && start?.line === found.line) {
    const raw = situation.text.slice(start.offset, found.offset + found.text.length);
    return at(span(start.line, start.column, raw.length), `${shown(raw)} is not ${begun.words}.`);
  }
  const starts = automatonOf(situation.services.Grammar).factStarts;
  const ending = closes || reading.complete;
  // Where the fact is a whole, what may continue it is of interest, and not that another fact may begin.
  const continuing = reading.expected.filter((one) => !(closes && starts.has(one.site.element)) && one.takes !== '}' && !(ending && (valueOf(one)?.tokens ?? 0) > 0));
  const near = nearest(found.text, continuing.filter(({ isKeyword, takes }) => isKeyword && /^[a-z]/.test(takes)).map(({ takes }) => takes));
  const words = wantedWords(continuing);

  const skipped = missingName(situation);
  if (skipped) return skipped;
  const text = quotedText(situation, found, before, continuing);
  if (text) return text;
  if (ending) {
    if (reading.complete && found.text === '}') return { ...at(place, 'This “}” closes nothing: a “{” is missing before the facts.'), code: 'missing-block' };
    if (reading.complete) {
      const head = headFault(situation, found, before);
      if (head) return head;
    }
    const fact = factBefore(situation);
    if (/^[\p{L}\p{N}"]/u.test(found.text) && found.type !== found.text && words.includes('“,”') && found.line === before.line) {
      return at(place, `A comma is missing between ${shown(before.text)} and ${shown(found.text)}.`);
    }
    if (found.text === ',' && fact !== undefined) return at(place, `“${fact}” takes one value, so no comma is expected here.`);
    const after = before.text === '{' ? '' : ` after ${shown(before.text)}`;
    const follow = words.filter((word) => word !== '“,”');
    if (near !== undefined) return at(place, `${shown(found.text)} was not expected${after}; did you mean “${near}”?`, near);
    return at(place, `${shown(found.text)} was not expected${after}.${follow.length > 0 ? ` There may follow: ${oneOf(follow)}.` : ''}`);
  }
  if (found.text === '=' && GrammarAST.isKeyword(reading.expected[0]?.trail?.site.element)) {
    return at(place, 'No “=” is needed: a fact is its keyword and its values, one fact on each line.', '');
  }
  const name = continuing.find((one) => one.takes === 'ID');
  if (name?.site.assignment?.feature === 'name' && found.text.startsWith('"') && reading.index < 3) {
    return at(place, `A name is missing before the title: one word to refer to this ${nounOf(declarationRule(name.trail), tokens)} by.`);
  }
  if (name && /^"[\p{L}][\p{L}\p{N}_-]*"$/u.test(found.text) && !continuing.some(({ takes }) => takes === 'SHORT_TEXT')) {
    return at(place, `Here stands ${oneOf(words)}, without quotes.`, found.text.slice(1, -1));
  }
  if (name && /^[0-9]/.test(found.text)) return at(place, `${shown(chunkAt(situation, found))} is no name: names begin with a letter.${words.length === 1 && words[0] === 'a name' ? '' : ` ${capital(oneOf(words))} is needed here.`}`);
  const suggestion = near !== undefined ? `; did you mean “${near}”?` : '.';
  return at(place, `${shown(found.text)} stands where ${oneOf(words)} is needed${tokens.length > 1 && before.text.length < 30 ? `, after ${shown(before.text)}` : ''}${suggestion}`, near);
}

/** What stands behind the first line of a declaration that might have ended there. */
function headFault(situation: Situation, found: PlacedToken, before: PlacedToken): LocalFinding | undefined {
  const { tokens, services, reading } = situation;
  const rule = declarationRule(reading.expected[0]?.trail);
  const noun = nounOf(rule, tokens);
  const owners = ownersOfFact(found.text, services);
  if (owners.includes(rule)) {
    return { ...at(spanOf(found), `“${found.text}” is a fact of this ${noun} and stands in its block: write “{” before the facts and “}” after them.`), code: 'missing-block' };
  }
  const named = reading.expected[0]?.trail;
  if (named?.site.assignment?.feature === 'name' && /^[\p{L}]/u.test(found.text) && found.line === before.line) {
    return at(spanOf(found), `A name is one word: write ${before.text}-${found.text}, or put the title in quotes behind the name.`);
  }
  return undefined;
}

/** Text without quotes where quotes are needed. */
function quotedText(situation: Situation, found: PlacedToken, before: PlacedToken, expected: readonly Expectation[]): LocalFinding | undefined {
  const takesText = expected.some(({ takes }) => takes === 'SHORT_TEXT');
  if (!takesText || !expected.every(({ takes, site }) => takes === 'SHORT_TEXT' || takes === 'LONG_TEXT' || !GrammarAST.isRuleCall(site.element))) return undefined;
  if (situation.closes || situation.reading.complete || situation.reading.expected[0]?.trail?.site.assignment?.feature === 'name' || !/^[\p{L}\p{N}]/u.test(found.text)) return undefined;
  if (goesOnBehindText(situation, found)) return at(spanOf(before), `After ${shown(before.text)} a text in quotes is missing.`);
  const line = /^[^\r\n{}"]*/.exec(situation.text.slice(found.offset))?.[0].trimEnd() ?? found.text;
  return at(span(found.line, found.column, line.length), 'Texts stand in quotes.', `"${line}"`);
}

/** A comma where the point of a number should be: `99,8%`. */
function decimalComma({ tokens, reading, text }: Situation, found: PlacedToken, before: PlacedToken): LocalFinding | undefined {
  const next = tokens[reading.index + 1];
  if (found.text !== ',' || !/^\d+$/.test(before.text) || next?.offset !== found.offset + 1 || found.offset !== before.offset + before.text.length) return undefined;
  const better = /^\d+,\d+%?/.exec(text.slice(before.offset))?.[0].replace(',', '.');
  return better === undefined ? undefined : at(span(before.line, before.column, better.length), `Decimals are written with a point: ${better}.`, better);
}

/** Two signs that are written as one: `==`, `=>`. */
function misspelledSign(found: PlacedToken, before: PlacedToken): LocalFinding | undefined {
  if (found.offset !== before.offset + before.text.length || !/^[<>=]$/.test(found.text)) return undefined;
  const problem = wrongValue('Comparison', before.text + found.text);
  return problem?.suggestion === undefined ? undefined : at(span(before.line, before.column, 2), `${before.text}${found.text} is written ${problem.suggestion}.`, problem.suggestion);
}

/** A keyword that was taken for the name that is missing before it: `sla a for with b`. */
function missingName({ reading, tokens }: Situation): LocalFinding | undefined {
  const read = reading.expected[0]?.trail;
  const earlier = tokens[reading.index - 2];
  if (!read || !earlier || !GrammarAST.isRuleCall(read.site.element)) return undefined;
  if (!reading.expected.some(({ isKeyword, takes }) => isKeyword && takes === read.token.text)) return undefined;
  return at(spanOf(earlier), `After ${shown(earlier.text)} ${read.site.refersTo === undefined ? 'a name' : describeTypes(read.site.refersTo)} is missing.`);
}

/** Whether a word could follow if a text in quotes stood before it. */
function goesOnBehindText({ tokens, reading, services }: Situation, found: PlacedToken): boolean {
  const upTo = [...tokens.slice(0, reading.index), { ...found, text: '""', type: 'SHORT_TEXT', alsoA: [] }, found];
  return readStrictly(upTo, services.Grammar).index === upTo.length;
}

/** A value of a kind that is expected, in another form than it is written. */
function misspelledValue(situation: Situation, found: PlacedToken): LocalFinding | undefined {
  const { reading, tokens, text, closes } = situation;
  const tried = new Set<string>();
  let other: LocalFinding | undefined;
  for (const expectation of reading.expected) {
    const value = valueOf(expectation);
    const rule = value?.rule ?? expectation.takes;
    const start = tokens[reading.index - (value?.tokens ?? 0)];
    const key = `${rule}@${start?.offset ?? ''}`;
    if (!start || tried.has(key) || (expectation.isKeyword && !value) || start.line !== found.line) continue;
    tried.add(key);
    const raw = text.slice(start.offset, found.offset) + chunkAt(situation, found);
    if ((rule === 'Comparison' && /^[\w"]/.test(raw)) || (rule === 'DAYS' && !/^[a-z]/i.test(raw))) continue;
    const problem = wrongValue(rule, raw);
    if (!problem) {
      // Read as it was meant, but not written as it should be: `4 h`.
      if (rule === 'Duration' && value && value.tokens > 0) return at(span(start.line, start.column, raw.length), `A duration is written without blanks: ${raw.replace(/\s/g, '')}.`, raw.replace(/\s/g, ''));
      continue;
    }
    const finding = at(span(start.line, start.column, raw.length), `${problem.problem}${problem.suggestion === undefined ? '.' : `; did you mean ${problem.suggestion}?`}`, problem.suggestion);
    if (problem.suggestion !== undefined) return finding;
    if (!closes && !reading.complete && !value?.tokens && /^[0-9]/.test(raw)) other ??= finding;
  }
  return other;
}

/** The text from a token up to the next blank, comma or brace. */
function chunkAt({ text }: Situation, token: PlacedToken): string {
  return /^[^\s,{}"]*/.exec(text.slice(token.offset))?.[0] || token.text;
}

/** The keyword of the fact that the last words belong to. */
function factBefore({ reading, services }: Situation): string | undefined {
  const starts = automatonOf(services.Grammar).factStarts;
  for (let read = reading.expected[0]?.trail; read; read = read.before) {
    if (GrammarAST.isKeyword(read.site.element) && starts.has(read.site.element)) return phraseFrom(read.site.element);
  }
  return undefined;
}

/** The rule whose block is open. */
function blockRule({ reading }: Situation): string {
  const brace = reading.expected.find(({ takes }) => takes === '}');
  return brace ? ruleOf(brace.site.element) : '';
}

/** The facts of a block, in the order of the grammar. */
function factPhrases({ reading, services }: Situation, rule: string): string[] {
  const starts = automatonOf(services.Grammar).factStarts;
  const nodes = reading.expected.filter(({ site }) => starts.has(site.element) && GrammarAST.isKeyword(site.element));
  const own = nodes.filter(({ site, callers }) => ruleOf(site.element) === rule || callers.some((call) => ruleOf(call.element) === rule));
  return [...new Set(own.map(({ site }) => (GrammarAST.isKeyword(site.element) ? phraseFrom(site.element) : '')))];
}

const owners = new WeakMap<object, ReadonlyMap<string, readonly string[]>>();

/** The rules in whose blocks a word begins a fact. */
function ownersOfFact(word: string, services: LangiumCoreServices): readonly string[] {
  let known = owners.get(services.Grammar);
  if (!known) {
    const found = new Map<string, string[]>();
    const starts = automatonOf(services.Grammar).factStarts;
    for (const { element } of keywordPhrases(services.Grammar)) {
      if (!starts.has(element)) continue;
      found.set(element.value, [...new Set([...(found.get(element.value) ?? []), blockOf(element)])]);
    }
    owners.set(services.Grammar, (known = found));
  }
  return known.get(word) ?? [];
}

const nouns: Readonly<Record<string, string>> = { Mapping: 'value table' };
const shortForms: Readonly<Record<string, string>> = { sla: 'SLA', ola: 'OLA', contract: 'contract' };

/** What a rule describes, in the user's words. */
function nounOf(rule: string, tokens: readonly PlacedToken[]): string {
  if (rule === 'Agreement') return shortForms[tokens[0]?.text ?? ''] ?? 'agreement';
  return nouns[rule] ?? describeType(rule);
}

function describeOwner(rule: string): string {
  return withArticle(nouns[rule] ?? describeType(rule));
}

function withArticle(noun: string): string {
  return `${/^(?:[aeio]|SLA)/.test(noun) || noun === 'OLA' ? 'an' : 'a'} ${noun}`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
