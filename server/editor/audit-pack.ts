import { fileURLToPath } from 'node:url';
import { ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { AuditPackParams, AuditPackResult } from '../protocol.ts';
import { PackFault } from '../project/pack/pack-fault.ts';
import { writeAuditPack } from '../project/pack/write-audit-pack.ts';
import { documentFormats, isDocumentFormat } from '../reports/render-document.ts';
import type { OpenProject } from './workspace.ts';

/** In bytes; the command line has an option for it. */
const largestFile = 100 * 1024 * 1024;

/** @throws ResponseError where it is asked for wrongly, is not allowed, or cannot be written there */
export async function auditPack({ project }: OpenProject, { target, formats }: AuditPackParams, signal: AbortSignal, progress: (message: string) => void): Promise<AuditPackResult> {
  if (!project.trusted) throw new ResponseError(LSPErrorCodes.RequestFailed, 'This workspace is not trusted: nothing is written.');
  if (!target.startsWith('file:') || !target.toLowerCase().endsWith('.zip')) throw new ResponseError(ErrorCodes.InvalidParams, 'An audit pack is written to a zip file on this machine.');
  const unknown = formats.find((format) => !isDocumentFormat(format));
  if (unknown !== undefined) throw new ResponseError(ErrorCodes.InvalidParams, `“${unknown}” is none of ${documentFormats.join(', ')}.`);
  try {
    const { manifest, manifestHash } = await writeAuditPack(project, fileURLToPath(target), {
      formats: formats.filter(isDocumentFormat),
      period: undefined,
      changes: undefined,
      noBaseline: progress,
      withData: false,
      largest: largestFile,
      progress,
      signal,
    });
    return { files: manifest.files.length, manifestHash, missing: manifest.missing.map(({ file, reason }) => ({ file, reason })) };
  } catch (error) {
    if (signal.aborted) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Stopped; nothing was written.');
    if (error instanceof PackFault) throw new ResponseError(LSPErrorCodes.RequestFailed, error.message);
    throw error;
  }
}
