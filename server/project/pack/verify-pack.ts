/** Checks a pack against its own manifest. Everything in it may have been made by anybody. */
import { createHash, type Hash } from 'node:crypto';
import { manifestName, manifestSchema, pathFault, printSums, sameName, sumsName, type Manifest } from '../../reports/audit-pack/manifest.ts';
import type { FoundFile, OpenedPack } from './opened-pack.ts';

export type FaultKind = 'manifest' | 'sums' | 'missing' | 'extra' | 'changed' | 'size' | 'path' | 'duplicate' | 'link' | 'unreadable' | 'bomb';

export interface PackFault {
  readonly kind: FaultKind;
  readonly path: string;
  /** A sentence that names the file. */
  readonly message: string;
}

export interface Verified {
  /** Undefined where there is none, or it cannot be read. */
  readonly manifest: Manifest | undefined;
  /** SHA-256 of the manifest's bytes, in hexadecimal. */
  readonly manifestHash: string | undefined;
  /** How many files of the manifest are there as it says. */
  readonly intact: number;
  readonly faults: readonly PackFault[];
}

/** In bytes: a manifest of two hundred thousand files. */
const largestManifest = 64 * 1024 * 1024;
/** In bytes: no single file, and no pack, is read beyond this. */
const mostBytes = 8_000_000_000;
/** A file that is this many times larger than what it takes in the zip, and larger than that, was made to fill a disk. */
const mostExpansion = 1000;
const harmless = 16 * 1024 * 1024;

/** @throws the signal's reason when it is aborted */
export async function verifyPack(pack: OpenedPack, signal: AbortSignal): Promise<Verified> {
  const faults: PackFault[] = [];
  const fault = (kind: FaultKind, path: string, message: string): void => void faults.push({ kind, path, message });
  const found = byPath(pack, fault);

  const manifestFile = found.get(manifestName);
  const bytes = manifestFile === undefined ? undefined : await readAll(manifestFile, fault, signal);
  if (manifestFile === undefined) fault('manifest', manifestName, `There is no ${manifestName}, so nothing says what the pack should hold.`);
  const manifest = bytes === undefined ? undefined : parseManifest(bytes, fault);
  const manifestHash = bytes === undefined ? undefined : createHash('sha256').update(bytes).digest('hex');
  if (manifest === undefined) return { manifest, manifestHash, intact: 0, faults };

  let intact = 0;
  let total = 0;
  const listed = new Set<string>([manifestName, sumsName]);
  for (const { path, bytes: size, sha256 } of manifest.files) {
    signal.throwIfAborted();
    const wrong = pathFault(path);
    if (wrong !== undefined) {
      fault('path', path, `The manifest lists “${path}”, whose name ${wrong}.`);
      continue;
    }
    if (listed.has(path)) {
      fault('duplicate', path, `The manifest lists “${path}” twice.`);
      continue;
    }
    listed.add(path);
    const file = found.get(path);
    if (file === undefined) {
      fault('missing', path, `“${path}” is listed in the manifest and is not there.`);
      continue;
    }
    total += size;
    if (total > mostBytes) {
      fault('bomb', path, `The manifest lists more than ${mostBytes.toLocaleString('en')} bytes; “${path}” and what follows was not read.`);
      break;
    }
    const hash = createHash('sha256');
    const read = await readInto(file, hash, size, fault, signal);
    if (read === undefined) continue;
    if (read !== size) fault('size', path, `“${path}” has ${read > size ? 'more than ' : ''}${Math.min(read, size + 1).toLocaleString('en')} bytes; the manifest says ${size.toLocaleString('en')}.`);
    else if (hash.digest('hex') !== sha256) fault('changed', path, `“${path}” is not what it was: its hash differs from that in the manifest.`);
    else intact++;
  }
  for (const path of found.keys()) if (!listed.has(path)) fault('extra', path, `“${path}” is there and is not listed in the manifest.`);

  const sums = found.get(sumsName);
  const expected = printSums([...manifest.files, { path: manifestName, sha256: manifestHash ?? '' }]);
  if (sums === undefined) fault('missing', sumsName, `There is no ${sumsName}.`);
  else {
    const text = await readAll(sums, fault, signal);
    if (text !== undefined && !Buffer.from(expected, 'utf8').equals(text)) fault('sums', sumsName, `${sumsName} does not say what the manifest says.`);
  }
  return { manifest, manifestHash, intact, faults };
}

/** Files that may be opened, by their paths: no two of one name, none that leads out, no links. */
function byPath(pack: OpenedPack, fault: (kind: FaultKind, path: string, message: string) => void): ReadonlyMap<string, FoundFile> {
  const found = new Map<string, FoundFile>();
  const names = new Map<string, string>();
  for (const file of pack.files) {
    const { path } = file;
    const wrong = pathFault(path);
    if (wrong !== undefined) {
      fault('path', path, `There is a file “${path}”, whose name ${wrong}: whoever unpacks it may write elsewhere.`);
      continue;
    }
    const other = names.get(sameName(path));
    if (other !== undefined) {
      fault('duplicate', path, other === path ? `“${path}” is there twice, and which of them is unpacked depends on the program.` : `“${path}” and “${other}” are one file on some systems.`);
      continue;
    }
    names.set(sameName(path), path);
    if (file.kind !== 'file') {
      fault('link', path, `“${path}” is ${file.kind === 'link' ? 'a link' : 'no plain file'}, and is not followed.`);
      continue;
    }
    found.set(path, file);
  }
  return found;
}

function parseManifest(bytes: Uint8Array, fault: (kind: FaultKind, path: string, message: string) => void): Manifest | undefined {
  let data: unknown;
  try {
    data = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    fault('manifest', manifestName, `${manifestName} is no JSON.`);
    return undefined;
  }
  const parsed = manifestSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  fault('manifest', manifestName, `${manifestName} is no manifest of an audit pack: ${first === undefined ? 'unknown' : `${first.path.join('.') || 'it'}: ${first.message}`}.`);
  return undefined;
}

async function readAll(file: FoundFile, fault: (kind: FaultKind, path: string, message: string) => void, signal: AbortSignal): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  const read = await readInto(file, { update: (part: Buffer) => void parts.push(part) }, largestManifest, fault, signal);
  if (read === undefined) return undefined;
  if (read <= largestManifest) return Buffer.concat(parts);
  fault('bomb', file.path, `“${file.path}” has more than ${largestManifest.toLocaleString('en')} bytes and was not read.`);
  return undefined;
}

/**
 * Reads a file, but never more than one byte beyond what it should have, whatever it says of itself.
 * @returns how many bytes were read; undefined where it cannot be read, which is a fault by then
 */
async function readInto(file: FoundFile, into: Pick<Hash, 'update'> | { update(part: Buffer): void }, most: number, fault: (kind: FaultKind, path: string, message: string) => void, signal: AbortSignal): Promise<number | undefined> {
  if (file.packed !== undefined && file.bytes > harmless && file.bytes > file.packed * mostExpansion) {
    fault('bomb', file.path, `“${file.path}” would grow from ${file.packed.toLocaleString('en')} to ${file.bytes.toLocaleString('en')} bytes and was not unpacked.`);
    return undefined;
  }
  let read = 0;
  try {
    const stream = await file.open();
    try {
      for await (const part of stream) {
        signal.throwIfAborted();
        read += (part as Buffer).length;
        if (read > most) return read;
        into.update(part as Buffer);
      }
    } finally {
      stream.destroy();
    }
  } catch (error) {
    signal.throwIfAborted();
    fault('unreadable', file.path, `“${file.path}” cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
    return undefined;
  }
  return read;
}
