/** Approving: the one function behind the editor's command and the command line's. */
import { approvedFolder, canonicalContent, stands } from '../assessment/approved-content.ts';
import type { AnyDeclaration, Approval, EntityKey } from '../../language/model/declarations.ts';
import type { Edit, Place } from '../../language/model/finding.ts';
import { sha256 } from '../project/look-up-files.ts';
import { isRefused } from '../project/host.ts';
import type { Project } from '../project/project.ts';
import { placeEdit, type FixEdit } from './code-actions.ts';

/** In bytes. A document that people read and approve is smaller. */
const largestApproved = 64 * 1024 * 1024;

export interface Approving {
  /** What is approved, as bytes, and its SHA-256 in hexadecimal. */
  readonly content: Uint8Array;
  readonly hash: string;
  /** The changes of the declaration's file; none where the same was approved on the day by the same person already. */
  readonly edits: readonly FixEdit[];
}

/** Whether a declaration has an approval among its facts. */
export function canBeApproved(declaration: AnyDeclaration): declaration is AnyDeclaration & { readonly approvals: readonly Approval[]; readonly file?: string } {
  return 'approvals' in declaration;
}

/**
 * What has to be written for somebody to approve a declaration as it reads now (the file that it names, else its own facts), on the day
 * that the project takes for today. Approvals by others stand as long as they are of the same content; void ones give way.
 *
 * @returns a sentence that says why it cannot be approved
 */
export async function approve(project: Project, key: EntityKey, by: string): Promise<Approving | string> {
  const entity = project.model.entity(key);
  if (!entity || !canBeApproved(entity.node)) return 'There is no approval among the facts of this declaration.';
  const { node } = entity;
  if (!project.model.find('Party', by)) return `Nobody is called “${by}”: an approval is by a person, a role, a team or another party of the model.`;
  const content = await contentOf(project, node);
  if (typeof content === 'string') return content;
  const hash = sha256(content);
  const text = `by ${by} on ${project.asOf} as sha256:${hash}`;
  const place = (index: number): Place => ({ entity: key, path: ['approvals', index] });
  const replaced = node.approvals.flatMap((approval, index) => (approval.by === by || !stands(approval, hash) ? [index] : []));
  const [first, ...others] = replaced;
  const edits: readonly Edit[] =
    first === undefined
      ? [{ kind: 'addFact', place: { entity: key }, text: `approved ${text}` }]
      : [{ kind: 'replace', place: place(first), text }, ...others.map((index): Edit => ({ kind: 'remove', place: place(index) }))];
  const placed = edits.map((edit) => placeEdit(project, edit));
  if (!placed.every((edit) => edit !== undefined)) return 'The text of this declaration could not be changed.';
  return { content, hash, edits: placed };
}

async function contentOf(project: Project, node: AnyDeclaration & { readonly file?: string }): Promise<Uint8Array | string> {
  if (node.file !== undefined && node.file !== '') {
    const bytes = await project.host.read(node.file, largestApproved);
    return isRefused(bytes) ? bytes.message : bytes;
  }
  const text = canonicalContent(node);
  return text === undefined ? 'This declaration cannot be read as a whole: mend what is wrong in it first.' : new TextEncoder().encode(text);
}

/** Keeps what was approved beside the model, so that a later change can be shown. @returns why it could not be kept */
export async function keepApproved({ host }: Project, { content, hash }: Approving): Promise<string | undefined> {
  const refused = await host.write(`${approvedFolder}/${hash}`, content);
  return refused?.message;
}

/** What a declaration says now in the form in which it is approved; undefined where that is a file, or cannot be read. */
export function presentContent(declaration: AnyDeclaration): string | undefined {
  return 'file' in declaration && typeof declaration.file === 'string' && declaration.file !== '' ? undefined : canonicalContent(declaration);
}
