/**
 * Approvals that name what they were given for, by its SHA-256: the bytes of the file that a declaration names, or the canonical text of
 * the declaration. An approval of other content is void: it counts for no rule until somebody approves anew.
 */
import type { AnyDeclaration, Approval } from '../../language/model/declarations.ts';
import type { Finding } from '../../language/model/finding.ts';
import { printDeclaration } from '../../language/printing/print.ts';
import type { NamedFileState } from './named-files.ts';
import { placeOf } from './remark.ts';

/** What may be asked of the world outside of the model. */
export interface ApprovalContext {
  file(path: string): NamedFileState | undefined;
  /** SHA-256 of a text in UTF-8, in hexadecimal. */
  digest(text: string): string;
}

/** A declaration that people approve. */
interface Approved {
  readonly approvals: readonly Approval[];
  readonly file?: string;
}

/** Fewer hexadecimal digits tell too little apart to be trusted. */
const fewestDigits = 8;

export const approvedFolder = '.itsms/approved';

/** Where what was approved is kept, so that it can be compared with what stands there now. */
export function keptAs(hash: string): string {
  return `${approvedFolder}/${hash}`;
}

function isApproved(declaration: AnyDeclaration): declaration is AnyDeclaration & Approved {
  return 'approvals' in declaration && declaration.approvals.length > 0;
}

/** Whether an approval of a declaration names what it was given for. */
export function namesContent(declaration: AnyDeclaration): boolean {
  return 'approvals' in declaration && declaration.approvals.some(({ hash }) => hash !== undefined);
}

/** The facts that an approval is given for: all but approvals, agreements and when it was last reviewed. Undefined where it cannot be read as a whole. */
export function canonicalContent(declaration: AnyDeclaration): string | undefined {
  const facts: Record<string, unknown> = { ...declaration, approvals: [], $documentation: undefined };
  if ('agreed' in facts) facts['agreed'] = [];
  if ('review' in facts && typeof facts['review'] === 'object' && facts['review'] !== null) facts['review'] = { ...facts['review'], last: undefined };
  return printDeclaration({ ...facts, $type: declaration.$type });
}

/** The SHA-256 of what stands there now. Undefined while that is not known. */
export function contentHash(declaration: AnyDeclaration, context: ApprovalContext): string | undefined {
  const { file } = declaration as Partial<Approved>;
  if (file !== undefined && file !== '') {
    const state = context.file(file);
    return state?.kind === 'present' ? state.hash : undefined;
  }
  const text = canonicalContent(declaration);
  return text === undefined ? undefined : context.digest(text);
}

const views = new WeakMap<AnyDeclaration, { readonly hash: string | undefined; readonly view: AnyDeclaration }>();

/** The declaration with the approvals that stand; itself where all do. */
export function withStandingApprovals<T extends AnyDeclaration>(declaration: T, context: ApprovalContext): T {
  if (!isApproved(declaration) || !namesContent(declaration)) return declaration;
  const hash = contentHash(declaration, context);
  const known = views.get(declaration);
  // One object for one state, so that who compares objects sees no difference where there is none.
  if (known && known.hash === hash) return known.view as T;
  const approvals = declaration.approvals.filter((approval) => stands(approval, hash));
  const view = approvals.length === declaration.approvals.length ? declaration : { ...declaration, approvals };
  views.set(declaration, { hash, view });
  return view;
}

/** An approval without a hash stands; one with a hash stands for that content, and while the content is not known. */
export function stands({ hash }: Approval, content: string | undefined): boolean {
  if (hash === undefined || content === undefined) return true;
  const digits = hash.replace(/^sha256:/i, '').toLowerCase();
  return digits.length >= fewestDigits && content.startsWith(digits);
}

/** One finding for each approval that is void, with what has changed since, as far as what was approved is kept. */
export function voidApprovals(declaration: AnyDeclaration, context: ApprovalContext): readonly Finding[] {
  if (!isApproved(declaration)) return [];
  const content = namesContent(declaration) ? contentHash(declaration, context) : undefined;
  return declaration.approvals.flatMap((approval, index): readonly Finding[] => {
    if (stands(approval, content) || approval.hash === undefined) return [];
    const digits = approval.hash.replace(/^sha256:/i, '').toLowerCase();
    const message =
      digits.length < fewestDigits
        ? `“${approval.hash}” is too short to tell what was approved: at least ${fewestDigits} digits are needed.`
        : `The approval of ${approval.on} by ${approval.by} no longer counts: ${whatChanged(declaration, digits, context)} Approve it anew, or take the change back.`;
    return [{ code: 'approval-void', severity: 'warning', message, place: placeOf(declaration, 'approvals', index, 'hash'), requirements: [], related: [], fixes: [] }];
  });
}

function whatChanged(declaration: AnyDeclaration & Approved, digits: string, context: ApprovalContext): string {
  if (declaration.file !== undefined && declaration.file !== '') return `“${declaration.file}” is no longer what was approved.`;
  // Only whole hashes name what is kept.
  const kept = digits.length === 64 ? context.file(keptAs(digits)) : undefined;
  const now = canonicalContent(declaration);
  if (kept?.kind !== 'present' || kept.text === undefined || now === undefined) return 'what is written here is no longer what was approved.';
  return `what was approved has changed: ${differenceInWords(kept.text, now)}.`;
}

/** How many changed lines a message shows. */
const mostLines = 3;

/** The lines that are gone and those that are new: canonical texts list each fact on a line of its own. */
export function differenceInWords(before: string, now: string): string {
  const [gone, added] = [linesWithout(before, now), linesWithout(now, before)];
  const parts = [
    ...gone.slice(0, mostLines).map((line) => `“${line}” was approved`),
    ...added.slice(0, mostLines).map((line) => `“${line}” was not`),
  ];
  const more = Math.max(0, gone.length - mostLines) + Math.max(0, added.length - mostLines);
  return parts.join(', ') + (more > 0 ? `, and ${more} more lines` : '');
}

/** The lines of a text that another does not have, or has less often. */
export function linesWithout(text: string, other: string): readonly string[] {
  const left = new Map<string, number>();
  for (const line of other.split('\n')) left.set(line.trim(), (left.get(line.trim()) ?? 0) + 1);
  return text.split('\n').map((line) => line.trim()).filter((line) => {
    const count = left.get(line) ?? 0;
    if (count > 0) left.set(line, count - 1);
    return count === 0 && line !== '';
  });
}
