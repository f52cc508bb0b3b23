/** What the editor asks about approvals. */
import { ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { DeclarationType, EntityKey } from '../../language/model/declarations.ts';
import { declaredTitle } from '../../language/model/declared-title.ts';
import type { PlacedEntity } from '../../language/model/fragment.ts';
import { describeType } from '../../language/references/link-check.ts';
import { contentHash, keptAs, stands } from '../assessment/approved-content.ts';
import { isRefused } from '../project/host.ts';
import { sha256 } from '../project/look-up-files.ts';
import type { Project } from '../project/project.ts';
import type { ApprovableParams, ApprovableResult, ApprovedDifferenceResult, ApproveParams, ApproveResult } from '../protocol.ts';
import { approve, canBeApproved, keepApproved, presentContent } from './approve.ts';
import type { OpenProject } from './workspace.ts';

/** Who approves things, those first who mostly do. */
const approvers: readonly DeclarationType[] = ['Person', 'Role', 'Team', 'Customer', 'Supplier'];

/** In bytes: as much as people compare. */
const comparedLimit = 4 * 1024 * 1024;

/** The declaration that a line of a file is in, if it can be approved. */
export function approvableIn({ model }: Pick<Project, 'model'>, file: string, line: number): PlacedEntity | undefined {
  const placed = model.fragment(file)?.declarations.findLast((one) => one.line <= line);
  return placed && line <= placed.line + placed.entity.lines && canBeApproved(placed.entity.node) ? placed : undefined;
}

export function approvableAt(project: Project, file: string, { line, key }: ApprovableParams): ApprovableResult | undefined {
  const placed = key === undefined ? approvableIn(project, file, line ?? 0) : project.model.placed(key as EntityKey)[0];
  if (!placed || !canBeApproved(placed.entity.node)) return undefined;
  const people = approvers.flatMap((type) =>
    project.model.all(type).flatMap((party) => ('name' in party && typeof party.name === 'string' ? [{ id: party.name, title: ('title' in party && party.title) || party.name, kind: describeType(type) }] : [])),
  );
  return { key: placed.entity.key, title: titleOf(placed), people };
}

function titleOf({ entity: { node, key } }: PlacedEntity): string {
  return declaredTitle(node) ?? ('name' in node ? String(node.name) : key);
}

/** @throws ResponseError where it cannot be approved, in words for the person who wants to */
export async function approveDeclaration(opened: OpenProject, { key, by }: ApproveParams): Promise<ApproveResult> {
  const { project } = opened;
  if (!project.trusted) throw new ResponseError(LSPErrorCodes.RequestFailed, 'What is approved is kept in the project: approve in a trusted workspace.');
  const approving = await approve(project, key as EntityKey, by);
  if (typeof approving === 'string') throw new ResponseError(LSPErrorCodes.RequestFailed, approving);
  const problem = await keepApproved(project, approving);
  if (problem !== undefined) throw new ResponseError(LSPErrorCodes.RequestFailed, problem);
  return {
    edits: approving.edits.map(({ file, range: { start, end }, text }) => ({ uri: opened.uriOf(file), line: start.line, character: start.character, endLine: end.line, endCharacter: end.character, text })),
  };
}

/** @throws ResponseError where nothing was kept that could be compared */
export async function approvedDifference(project: Project, key: string): Promise<ApprovedDifferenceResult> {
  const node = project.model.entity(key as EntityKey)?.node;
  if (!node || !canBeApproved(node)) throw new ResponseError(ErrorCodes.InvalidParams, 'There is no approval among the facts of this declaration.');
  const file = node.file;
  const read = async (path: string): Promise<string> => {
    const bytes = await project.host.read(path, comparedLimit);
    if (isRefused(bytes)) throw new ResponseError(LSPErrorCodes.RequestFailed, bytes.message);
    return new TextDecoder().decode(bytes);
  };
  const present = presentContent(node) ?? (file === undefined ? '' : await read(file));
  const hash = contentHash(node, { file: () => ({ kind: 'present', hash: file === undefined ? undefined : sha256(present) }), digest: sha256 });
  const last = node.approvals.findLast((approval) => approval.hash !== undefined && !stands(approval, hash)) ?? node.approvals.findLast((approval) => approval.hash !== undefined);
  const digits = last?.hash?.replace(/^sha256:/i, '').toLowerCase();
  if (digits?.length !== 64) throw new ResponseError(LSPErrorCodes.RequestFailed, 'No approval here names what was approved by its whole hash, so nothing was kept to compare with.');
  return { title: 'title' in node && typeof node.title === 'string' ? node.title : key, approved: await read(keptAs(digits)), present };
}
