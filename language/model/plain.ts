import type { AstNode, Reference } from 'langium';
import type { Spans } from './span.ts';

type Structure = '$container' | '$containerProperty' | '$containerIndex' | '$cstNode' | '$document' | '$type';

/**
 * The plain-data form of a syntax node: references are ids, positions are spans beside the values. Because it is
 * mapped from the generated types, a fact added to the grammar is a fact of the model.
 */
export type Plain<T> =
  T extends Reference<AstNode> ? string
  : T extends readonly (infer Item)[] ? readonly Plain<Item>[]
  : T extends AstNode ? PlainNode<T>
  : T;

type PlainNode<T extends AstNode> = { readonly [K in keyof T as Exclude<K, Structure>]: Plain<T[K]> } & {
  readonly $type: T['$type'];
  readonly $at: Spans;
};
