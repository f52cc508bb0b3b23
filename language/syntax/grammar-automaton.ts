import { GrammarAST, type Grammar } from 'langium';

/** A place in the grammar that takes one token, or calls another rule. */
export interface Site {
  readonly element: GrammarAST.Keyword | GrammarAST.RuleCall;
  /** The fact that the token or rule gives a value to, if it is directly assigned. */
  readonly assignment?: GrammarAST.Assignment;
  /** The type of name that is meant, where the position takes a reference. */
  readonly refersTo?: string;
}

export type Transition =
  | { readonly kind: 'empty'; readonly to: State }
  | { readonly kind: 'token'; readonly to: State; readonly site: Site; /** A keyword's text, or a terminal's name. */ readonly takes: string; readonly isKeyword: boolean }
  | { readonly kind: 'call'; readonly to: State; readonly site: Site; readonly rule: string };

export interface State {
  readonly id: number;
  readonly transitions: Transition[];
  /** The end of its rule. */
  isEnd: boolean;
}

export interface GrammarAutomaton {
  readonly start: (rule: string) => State;
  /** Elements that begin a fact: what may stand first on a line of a block. */
  readonly factStarts: ReadonlySet<GrammarAST.AbstractElement>;
}

const automata = new WeakMap<Grammar, GrammarAutomaton>();

/** The automaton of a grammar, made once. */
export function automatonOf(grammar: Grammar): GrammarAutomaton {
  let automaton = automata.get(grammar);
  if (!automaton) automata.set(grammar, (automaton = grammarAutomaton(grammar)));
  return automaton;
}

/**
 * The grammar as one automaton per parser rule. It serves questions that a parser does not answer: everything that may
 * come next at a place in unfinished text. The grammar has no left recursion, so no chain of calls without a token is endless.
 */
export function grammarAutomaton(grammar: Grammar): GrammarAutomaton {
  const rules = new Map<string, GrammarAST.ParserRule>();
  for (const rule of grammar.rules) if (GrammarAST.isParserRule(rule)) rules.set(rule.name, rule);
  const starts = new Map<string, State>();
  let states = 0;
  const newState = (): State => ({ id: states++, transitions: [], isEnd: false });
  const link = (from: State, to: State): void => void from.transitions.push({ kind: 'empty', to });

  const start = (name: string): State => {
    const known = starts.get(name);
    if (known) return known;
    const rule = rules.get(name);
    if (!rule) throw new Error(`The grammar has no parser rule ${name}.`);
    const first = newState();
    starts.set(name, first);
    build(rule.definition, first, undefined, undefined).isEnd = true;
    return first;
  };

  const build = (element: GrammarAST.AbstractElement, from: State, assignment: GrammarAST.Assignment | undefined, refersTo: string | undefined): State => {
    const inner = element.cardinality === undefined ? from : newState();
    if (inner !== from) link(from, inner);
    const last = buildOnce(element, inner, assignment, refersTo);
    if (element.cardinality === undefined) return last;
    const exit = newState();
    link(last, exit);
    if (element.cardinality !== '?') link(last, inner);
    if (element.cardinality !== '+') link(inner, exit);
    return exit;
  };

  const buildOnce = (element: GrammarAST.AbstractElement, from: State, assignment: GrammarAST.Assignment | undefined, refersTo: string | undefined): State => {
    if (GrammarAST.isGroup(element)) return element.elements.reduce((at, part) => build(part, at, assignment, refersTo), from);
    if (GrammarAST.isAlternatives(element)) {
      const exit = newState();
      for (const alternative of element.elements) link(build(alternative, from, assignment, refersTo), exit);
      return exit;
    }
    if (GrammarAST.isAssignment(element)) return build(element.terminal, from, element, refersTo);
    if (GrammarAST.isCrossReference(element)) {
      if (!element.terminal) throw new Error('A reference without a terminal.');
      return build(element.terminal, from, assignment, element.type.$refText);
    }
    if (GrammarAST.isKeyword(element) || GrammarAST.isRuleCall(element)) {
      const site: Site = { element, ...(assignment ? { assignment } : {}), ...(refersTo !== undefined ? { refersTo } : {}) };
      const to = newState();
      if (GrammarAST.isKeyword(element)) from.transitions.push({ kind: 'token', to, site, takes: element.value, isKeyword: true });
      else if (rules.has(element.rule.$refText)) from.transitions.push({ kind: 'call', to, site, rule: element.rule.$refText });
      else from.transitions.push({ kind: 'token', to, site, takes: element.rule.$refText, isKeyword: false });
      return to;
    }
    // Actions shape the tree and take no text.
    return from;
  };

  return { start, factStarts: factStarts(rules) };
}

/** What may come first in the loop behind an opening brace. */
function factStarts(rules: ReadonlyMap<string, GrammarAST.ParserRule>): Set<GrammarAST.AbstractElement> {
  const found = new Set<GrammarAST.AbstractElement>();
  const first = (element: GrammarAST.AbstractElement): void => {
    if (GrammarAST.isAlternatives(element)) element.elements.forEach(first);
    else if (GrammarAST.isGroup(element)) element.elements.slice(0, 1).forEach(first);
    else if (GrammarAST.isAssignment(element)) first(element.terminal);
    else if (GrammarAST.isRuleCall(element) && rules.has(element.rule.$refText)) first(rules.get(element.rule.$refText)!.definition);
    else found.add(element);
  };
  const search = (element: GrammarAST.AbstractElement): void => {
    if (GrammarAST.isGroup(element)) {
      element.elements.forEach((part, index) => {
        const before = element.elements[index - 1];
        if (before && GrammarAST.isKeyword(before) && before.value === '{') first(part);
        search(part);
      });
    } else if (GrammarAST.isAlternatives(element)) {
      element.elements.forEach(search);
    }
  };
  for (const rule of rules.values()) search(rule.definition);
  return found;
}
