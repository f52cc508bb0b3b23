import type { GrammarAST } from 'langium';
import type { GrammarAutomaton, Site, State, Transition } from './grammar-automaton.ts';

/** A token as far as expectations need it. */
export interface TextToken {
  readonly text: string;
  /** The name of its terminal, or a keyword's text. */
  readonly type: string;
  /** Terminals that the token may stand for as well: a soft keyword may be an ID. */
  readonly alsoA: readonly string[];
  readonly line: number;
}

/** One use of a rule while text is read. */
interface Frame {
  readonly id: number;
  readonly parent: Frame | undefined;
  readonly returnTo: State;
  readonly site: Site;
}

/** What was read so far: the last token, where in the grammar it stood, and what came before it. */
export interface Trail {
  readonly before: Trail | undefined;
  readonly token: TextToken;
  readonly site: Site;
  readonly frame: Frame | undefined;
}

interface Configuration {
  readonly state: State;
  readonly frame: Frame | undefined;
  readonly trail: Trail | undefined;
}

type TokenTransition = Extract<Transition, { kind: 'token' }>;

/** Something that may come next. */
export interface Expectation {
  readonly site: Site;
  readonly takes: string;
  readonly isKeyword: boolean;
  /** Uses of rules that lead here, innermost first: the position of `Duration` in `within=Duration`, … */
  readonly callers: readonly Site[];
  readonly trail: Trail | undefined;
  /** Which use of a rule it would belong to; tells two targets of one agreement apart. */
  readonly frame: number;
}

interface Reached {
  readonly transition: TokenTransition;
  readonly configuration: Configuration;
}

/**
 * Reads the tokens of one declaration, following every way the grammar allows, and tells what may come next.
 * A line that does not follow the grammar is left out, so that what comes after it is still understood.
 */
export class ExpectationReader {
  readonly #automaton: GrammarAutomaton;
  #configurations: readonly Configuration[];
  #reached: readonly Reached[] | undefined;
  #frames = 0;
  /** Where the last fact that could be read ended: the state to go back to when a line cannot be read. */
  #boundary: { readonly configurations: readonly Configuration[]; readonly index: number };
  #failedOnLine: number | undefined;
  #lastLine: number | undefined;

  constructor(automaton: GrammarAutomaton, rule: string) {
    this.#automaton = automaton;
    this.#configurations = [{ state: automaton.start(rule), frame: undefined, trail: undefined }];
    this.#boundary = { configurations: this.#configurations, index: 0 };
  }

  /** Reads further tokens. */
  read(tokens: readonly TextToken[]): void {
    let lineStart = 0;
    let index = 0;
    this.#boundary = { configurations: this.#configurations, index: 0 };
    while (index < tokens.length) {
      const token = tokens[index]!;
      if (token.line !== this.#lastLine) {
        lineStart = index;
        this.#lastLine = token.line;
        this.#failedOnLine = undefined;
        if (this.#atBoundary()) this.#boundary = { configurations: this.#configurations, index };
      }
      if (this.#step(token)) {
        index++;
        continue;
      }
      this.#restore(this.#boundary.configurations);
      if (this.#boundary.index < lineStart) {
        // The lines before this one were unfinished: read this one as a fact of its own.
        this.#boundary = { configurations: this.#configurations, index: lineStart };
        index = lineStart;
      } else {
        this.#failedOnLine = token.line;
        index = Math.max(endOfBrokenLine(tokens, lineStart), index + 1);
      }
    }
  }

  /** Reads one token if it may stand here; without going on behind what may not. */
  accept(token: TextToken): boolean {
    return this.#step(token);
  }

  /** Whether the tokens so far can be read as a whole. */
  get isComplete(): boolean {
    return this.#reach().complete;
  }

  /** Whether the line that was read last could not be understood. */
  isBroken(line: number): boolean {
    return this.#failedOnLine === line;
  }

  /** Everything that may come next. */
  expected(): Expectation[] {
    return this.#reach().reached.map(({ transition, configuration }) => ({
      site: transition.site,
      takes: transition.takes,
      isKeyword: transition.isKeyword,
      callers: callers(configuration.frame),
      trail: configuration.trail,
      frame: configuration.frame?.id ?? -1,
    }));
  }

  /** What was read, on the first of the ways the grammar allows. */
  get trail(): Trail | undefined {
    return this.#configurations[0]?.trail;
  }

  #atBoundary(): boolean {
    return this.#reach().reached.some(({ transition }) => transition.takes === '}');
  }

  #restore(configurations: readonly Configuration[]): void {
    this.#configurations = configurations;
    this.#reached = undefined;
  }

  #step(token: TextToken): boolean {
    const next: Configuration[] = [];
    const seen = new Set<string>();
    for (const { transition, configuration } of this.#reach().reached) {
      if (!takes(transition, token)) continue;
      const key = `${transition.to.id}/${configuration.frame?.id ?? ''}`;
      if (seen.has(key)) continue;
      seen.add(key);
      next.push({ state: transition.to, frame: configuration.frame, trail: { before: configuration.trail, token, site: transition.site, frame: configuration.frame } });
    }
    if (next.length === 0) return false;
    this.#restore(next);
    return true;
  }

  #complete = false;

  #reach(): { reached: readonly Reached[]; complete: boolean } {
    if (this.#reached) return { reached: this.#reached, complete: this.#complete };
    const reached: Reached[] = [];
    const seen = new Set<string>();
    const frames = new Map<string, Frame>();
    let complete = false;
    // A stack, so that what the grammar names first comes first.
    const pending: (Configuration | Reached)[] = this.#configurations.toReversed();
    for (let current = pending.pop(); current; current = pending.pop()) {
      if ('transition' in current) {
        reached.push(current);
        continue;
      }
      const key = `${current.state.id}/${current.frame?.id ?? ''}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const { state, frame, trail } = current;
      if (state.isEnd) {
        if (frame) pending.push({ state: frame.returnTo, frame: frame.parent, trail });
        else complete = true;
      }
      for (let index = state.transitions.length - 1; index >= 0; index--) {
        const transition = state.transitions[index]!;
        if (transition.kind === 'token') pending.push({ transition, configuration: current });
        else if (transition.kind === 'empty') pending.push({ state: transition.to, frame, trail });
        else {
          const frameKey = `${frame?.id ?? ''}/${transition.to.id}`;
          let inner = frames.get(frameKey);
          if (!inner) frames.set(frameKey, (inner = { id: this.#frames++, parent: frame, returnTo: transition.to, site: transition.site }));
          pending.push({ state: this.#automaton.start(transition.rule), frame: inner, trail });
        }
      }
    }
    this.#reached = reached;
    this.#complete = complete;
    return { reached, complete };
  }
}

function takes(transition: TokenTransition, token: TextToken): boolean {
  return transition.isKeyword ? token.text === transition.takes : token.type === transition.takes || token.alsoA.includes(transition.takes);
}

/** Behind a line that cannot be read, and behind the block it opens, if any. */
function endOfBrokenLine(tokens: readonly TextToken[], lineStart: number): number {
  const { line } = tokens[lineStart]!;
  let depth = 0;
  let index = lineStart;
  for (; index < tokens.length; index++) {
    const token = tokens[index]!;
    if (token.line !== line && depth <= 0) break;
    if (token.text === '{') depth++;
    if (token.text === '}') {
      // A closing brace that the line did not open ends a block outside: it must be read.
      if (depth === 0 && index > lineStart) break;
      depth--;
    }
  }
  return Math.max(index, lineStart + 1);
}

function callers(frame: Frame | undefined): Site[] {
  const sites: Site[] = [];
  for (let at = frame; at; at = at.parent) sites.push(at.site);
  return sites;
}

/** The text last given to a fact, looking back from an expectation: the field that a mapping maps, the kind of a source. */
export function lastValueOf(trail: Trail | undefined, property: string): string | undefined {
  for (let at = trail; at; at = at.before) if ((at.site.assignment ?? at.frame?.site.assignment)?.feature === property) return at.token.text;
  return undefined;
}

/** The elements of the grammar that were read within one use of a rule. */
export function elementsOf(trail: Trail | undefined, frame: number): Set<GrammarAST.AbstractElement> {
  const elements = new Set<GrammarAST.AbstractElement>();
  for (let at = trail; at; at = at.before) if ((at.frame?.id ?? -1) === frame) elements.add(at.site.element);
  return elements;
}
