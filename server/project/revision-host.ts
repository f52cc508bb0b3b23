/** The project's folder as a revision of its repository has it. Nothing is checked out and nothing is written. */
import { createHash } from 'node:crypto';
import { isDate } from '../../language/values/date.ts';
import type { Revision } from '../analysis/comparison/compared-revisions.ts';
import { configurationFile } from './configuration-file.ts';
import { git, gitBytes } from './git.ts';
import type { ListedFile, Listing, ProjectHost, Refused } from './host.ts';
import { foreignFolders, refuse } from './node-host.ts';

export interface OpenedRevision {
  readonly revision: Revision;
  readonly host: ProjectHost;
}

interface Blob {
  readonly object: string;
  readonly size: number;
}

/** In bytes: a tree of some hundred thousand files. */
const treeLimit = 64 * 1024 * 1024;
/** In bytes: no document or evidence is larger that somebody approves. */
const hashedLimit = 64 * 1024 * 1024;
/** In bytes: of all texts together, read at once. */
const textsLimit = 256 * 1024 * 1024;
/** Large files may be kept beside the repository; then it holds only a note of where. */
const pointerToLargeFile = 'version https://git-lfs.github.com/spec/';
const longestName = 300;

/**
 * Opens the state of a project at a revision. Data of sources are those that lie in the folder now; so are documents and evidence that the
 * repository does not keep at all.
 *
 * @param present the folder as it is now
 * @returns a sentence that says why there is no such state
 */
export async function openRevision(present: ProjectHost, asked: string): Promise<OpenedRevision | string> {
  if (asked === '' || asked.length > longestName || asked.startsWith('-') || /[\p{Cc}\s]/u.test(asked)) return `“${asked.slice(0, longestName)}” is not the name of a revision: give a tag, a branch or a commit.`;
  const { root } = present;
  const prefix = await git(root, ['rev-parse', '--show-prefix']);
  if (prefix === undefined) return `“${root}” is not under version control with Git, or Git is not installed, so there is no earlier state to compare with.`;
  const commit = await commitOf(root, asked);
  if (commit === undefined) return `The repository has no revision “${asked}”: “git tag” and “git log --oneline” show which there are.`;
  const [facts, tree, tracked] = await Promise.all([
    git(root, ['log', '-1', '--no-show-signature', '--format=%cs%n%s', commit]),
    gitBytes(root, ['ls-tree', '-r', '-z', '-l', '--full-tree', commit, ...(prefix === '' ? [] : ['--', prefix])], { limit: treeLimit }),
    gitBytes(root, ['ls-files', '-z'], { limit: treeLimit }),
  ]);
  const [on = '', subject = ''] = (facts ?? '').split('\n');
  if (tree === undefined || !isDate(on)) return `The state of revision “${asked}” cannot be read from the repository.`;
  const host = new RevisionHost(present, blobsOf(new TextDecoder().decode(tree), prefix), new Set(new TextDecoder().decode(tracked ?? new Uint8Array()).split('\0')));
  return { revision: { asked, commit, on, subject }, host };
}

/** The commit that a tag, a branch or a commit stands for; undefined where there is none. */
export async function commitOf(root: string, asked: string): Promise<string | undefined> {
  const commit = await git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${asked}^{commit}`]);
  return commit !== undefined && /^[0-9a-f]{40,64}$/.test(commit) ? commit : undefined;
}

/** The newest tag that fits a pattern in which `*` stands for any characters but `/`; undefined where none does. */
export async function newestTag(root: string, pattern: string): Promise<string | undefined> {
  const tag = await git(root, ['for-each-ref', '--sort=-creatordate', '--count=1', '--format=%(refname:short)', `refs/tags/${pattern}`]);
  return tag === undefined || tag === '' ? undefined : tag;
}

export interface OfferedRevision {
  readonly name: string;
  readonly on: string;
  readonly subject: string;
  readonly kind: 'tag' | 'commit';
}

/** Tags, the newest first, then the last commits that changed the project's folder. Empty without a repository. */
export async function offeredRevisions(root: string, most = 30): Promise<readonly OfferedRevision[]> {
  const form = (name: string, day: string, subject: string): string => `${name}%00${day}%00${subject}`;
  const [tags, commits] = await Promise.all([
    git(root, ['for-each-ref', '--sort=-creatordate', `--count=${most}`, `--format=${form('%(refname:short)', '%(creatordate:short)', '%(subject)')}`, 'refs/tags']),
    git(root, ['log', `-${most}`, '--no-show-signature', `--format=${form('%h', '%cs', '%s').replaceAll('%00', '%x00')}`, '--', '.']),
  ]);
  const read = (text: string | undefined, kind: OfferedRevision['kind']): OfferedRevision[] =>
    (text ?? '').split('\n').flatMap((line) => {
      const [name = '', on = '', subject = ''] = line.split('\0');
      return name === '' ? [] : [{ name, on, subject, kind }];
    });
  return [...read(tags, 'tag'), ...read(commits, 'commit')];
}

/** Ordinary files by their path within the project. Links and projects within the project are none. */
function blobsOf(tree: string, prefix: string): ReadonlyMap<string, Blob> {
  const blobs = new Map<string, Blob>();
  for (const entry of tree.split('\0')) {
    const [, mode, object, size, path] = /^(\d+) blob ([0-9a-f]+) +(\d+)\t([\s\S]+)$/.exec(entry) ?? [];
    if (mode === undefined || mode === '120000' || object === undefined || path === undefined || !path.startsWith(prefix)) continue;
    blobs.set(path.slice(prefix.length), { object, size: Number(size) });
  }
  return blobs;
}

/** What `git cat-file --batch` writes: a line with the object, its type and size, then its bytes and a line end. */
function objectsOf(answer: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  const lineEnd = 10;
  for (let at = 0; at < answer.length; ) {
    const end = answer.indexOf(lineEnd, at);
    if (end < 0) break;
    const [, object, size] = /^([0-9a-f]+) blob (\d+)$/.exec(new TextDecoder().decode(answer.subarray(at, end))) ?? [];
    // One that is missing has a line and no bytes.
    if (object === undefined) {
      at = end + 1;
      continue;
    }
    const start = end + 1;
    found.set(object, answer.subarray(start, start + Number(size)));
    at = start + Number(size) + 1;
  }
  return found;
}

class RevisionHost implements ProjectHost {
  readonly root: string;
  readonly #present: ProjectHost;
  readonly #blobs: ReadonlyMap<string, Blob>;
  readonly #tracked: ReadonlySet<string>;

  constructor(present: ProjectHost, blobs: ReadonlyMap<string, Blob>, tracked: ReadonlySet<string>) {
    this.root = present.root;
    this.#present = present;
    this.#blobs = blobs;
    this.#tracked = tracked;
  }

  async listTexts(): Promise<Listing> {
    const inner = [...this.#blobs.keys()].filter((file) => file.endsWith(`/${configurationFile}`)).map((file) => file.slice(0, -configurationFile.length));
    const isForeign = (file: string): boolean => file.split('/').slice(0, -1).some((folder) => folder.startsWith('.') || foreignFolders.has(folder)) || inner.some((folder) => file.startsWith(folder));
    const files = [...this.#blobs].flatMap(([file, { size }]): ListedFile[] => (file.endsWith('.itsms') && !isForeign(file) ? [{ file, size, modified: 0 }] : []));
    return { files: files.toSorted((a, b) => (a.file < b.file ? -1 : 1)), refused: [] };
  }

  listData(patterns: readonly string[]): Promise<Listing> {
    return this.#present.listData(patterns);
  }

  resolve(file: string): Promise<string | Refused> {
    return this.#present.resolve(file);
  }

  async read(file: string, limit: number): Promise<Uint8Array | Refused> {
    const name = nameOf(file);
    const blob = this.#blobs.get(name);
    if (!blob) return this.#isKept(name) ? refuse(file, 'missing') : this.#present.read(file, limit);
    if (blob.size > limit) return refuse(file, 'tooLarge', ` It has ${blob.size} bytes; at most ${limit} are read.`);
    const bytes = (name.endsWith('.itsms') ? (await (this.#texts ??= this.#readTexts())).get(blob.object) : undefined) ?? (await gitBytes(this.root, ['cat-file', 'blob', blob.object], { limit: blob.size + 1 }));
    return bytes === undefined || new TextDecoder().decode(bytes.subarray(0, pointerToLargeFile.length)) === pointerToLargeFile ? refuse(file, 'unreadable') : bytes;
  }

  #texts: Promise<ReadonlyMap<string, Uint8Array>> | undefined;

  /** All texts with one call of git, by their objects; those that are too many together are read one by one. */
  async #readTexts(): Promise<ReadonlyMap<string, Uint8Array>> {
    const { files } = await this.listTexts();
    const wanted = [...new Set(files.flatMap(({ file }) => this.#blobs.get(file)?.object ?? []))];
    const size = files.reduce((sum, one) => sum + one.size, 0);
    if (size > textsLimit) return new Map();
    const answer = await gitBytes(this.root, ['cat-file', '--batch'], { input: wanted.map((object) => `${object}\n`).join(''), limit: size + wanted.length * longestName });
    return answer === undefined ? new Map() : objectsOf(answer);
  }

  async hash(file: string): Promise<string | Refused> {
    const name = nameOf(file);
    if (!this.#blobs.has(name) && !this.#isKept(name)) return this.#present.hash(file);
    const bytes = await this.read(name, hashedLimit);
    return bytes instanceof Uint8Array ? createHash('sha256').update(bytes).digest('hex') : bytes;
  }

  async write(file: string): Promise<Refused> {
    return refuse(file, 'unwritable');
  }

  /** Whether the repository keeps it, or would: texts and the configuration are never those of now. */
  #isKept(file: string): boolean {
    return this.#tracked.has(file) || file.endsWith('.itsms') || file === configurationFile || file.endsWith(`/${configurationFile}`);
  }
}

/** As the repository names it. What leads out of the project it does not know. */
function nameOf(file: string): string {
  return file.split('/').filter((part) => part !== '.' && part !== '').join('/');
}
