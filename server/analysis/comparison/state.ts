/** A state of the text with what was found of it: what comparing needs, gathered once. */
import type { AnyDeclaration, Approval, EntityKey } from '../../../language/model/declarations.ts';
import type { Entity } from '../../../language/model/fragment.ts';
import type { Locator, Model } from '../../../language/model/model.ts';
import type { IsoDate } from '../../../language/values/date.ts';
import type { Assessment } from '../../assessment/assessment.ts';
import { contentHash, stands, type ApprovalContext } from '../../assessment/approved-content.ts';
import { evidenceFault } from '../../assessment/evidence.ts';
import type { RowRemark } from '../../assessment/row-remarks.ts';
import type { RuleContext } from '../../assessment/rule.ts';

export interface ComparedState {
  readonly asOf: IsoDate;
  readonly model: Model & Locator;
  /** Every declaration once: of several with one key the first. */
  readonly entities: ReadonlyMap<EntityKey, Entity>;
  readonly assessment: Assessment;
  readonly remarks: readonly RowRemark[];
  /** By declaration with approvals. */
  readonly approvals: ReadonlyMap<EntityKey, ApprovedState>;
  /** Why an evidence does not count on a day; undefined where it does. */
  readonly evidenceFault: (evidence: Extract<AnyDeclaration, { $type: 'Evidence' }>, on: IsoDate) => string | undefined;
}

export interface ApprovedState {
  /** For each approval whether it stands. */
  readonly stand: readonly boolean[];
  /** The SHA-256 of what is to be approved; undefined where that is not known. */
  readonly content: string | undefined;
}

export interface StateInput {
  readonly context: RuleContext;
  readonly approvals: ApprovalContext;
  /** The model as written, void approvals included. */
  readonly written: Model & Locator;
  readonly assessment: Assessment;
  readonly remarks: readonly RowRemark[];
}

/** Asks for every file that approvals and evidence name: those that nobody has looked up are unknown. */
export function comparedState({ context, approvals, written, assessment, remarks }: StateInput): ComparedState {
  const entities = new Map<EntityKey, Entity>();
  for (const file of written.files()) for (const { entity } of written.fragment(file)?.declarations ?? []) if (written.entity(entity.key) === entity) entities.set(entity.key, entity);
  const approved = new Map<EntityKey, ApprovedState>();
  for (const { key, node } of entities.values()) if ('approvals' in node && node.approvals.length > 0) approved.set(key, approvedState(node, approvals));
  const evidence = new Map<string, string | undefined>();
  const faultOn = (one: Extract<AnyDeclaration, { $type: 'Evidence' }>, on: IsoDate): string | undefined => {
    const id = `${on} ${one.name}`;
    if (!evidence.has(id)) evidence.set(id, evidenceFault(one, { ...context, asOf: on })?.message);
    return evidence.get(id);
  };
  for (const { node } of entities.values()) if (node.$type === 'Evidence') faultOn(node, context.asOf);
  return { asOf: context.asOf, model: written, entities, assessment, remarks, approvals: approved, evidenceFault: faultOn };
}

function approvedState(node: AnyDeclaration & { readonly approvals: readonly Approval[] }, context: ApprovalContext): ApprovedState {
  const content = contentHash(node, context);
  return { stand: node.approvals.map((approval) => stands(approval, content)), content };
}
