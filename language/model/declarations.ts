import type * as ast from '../generated/ast.ts';
import type { Plain } from './plain.ts';

/** Identifies a declaration in a project whatever file or line it stands in: its type and its id. */
export type EntityKey = string & { readonly brand: 'EntityKey' };

/** A declaration of the model: its facts, its identity, and the documentation comment before it. */
export type Declared<T extends ast.Declaration> = Plain<T> & { readonly $key: EntityKey; readonly $documentation?: string };

type ByType<Node extends ast.Declaration> = { [T in Node['$type']]: Declared<Extract<Node, { $type: T }>> };

/** Every type of declaration with its facts, from the grammar: `DeclarationTypes['Service']`. */
export type DeclarationTypes = ByType<ast.Declaration>;
export type DeclarationType = keyof DeclarationTypes;
export type AnyDeclaration = DeclarationTypes[DeclarationType];

export type Agreement = DeclarationTypes['Agreement'];
export type Calendar = DeclarationTypes['Calendar'];
export type Customer = DeclarationTypes['Customer'];
export type Improvement = DeclarationTypes['Improvement'];
export type Metric = DeclarationTypes['Metric'];
export type Process = DeclarationTypes['Process'];
export type Service = DeclarationTypes['Service'];
export type Source = DeclarationTypes['Source'];

/** Parts of declarations that code outside the language names often. */
export type ServiceLevelTarget = Plain<ast.ServiceLevelTarget>;
export type WorkloadLimit = Plain<ast.WorkloadLimit>;
export type UpdatePromise = Plain<ast.UpdatePromise>;
export type Expression = Plain<ast.Expression>;
export type MetricExpression = Plain<ast.MetricExpression>;
export type Mapping = Plain<ast.Mapping>;
export type Credit = Plain<ast.Credit>;
export type FlowNode = Plain<ast.FlowNode>;
export type ObservedFlow = Plain<ast.ObservedFlow>;
export type Dependency = Plain<ast.Dependency>;
export type ReviewInterval = Plain<ast.ReviewInterval>;
export type Approval = Plain<ast.Approval>;
export type Action = Plain<ast.Action>;

export function entityKey(type: string, id: string): EntityKey {
  return `${type}:${id}` as EntityKey;
}
