import { stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { URI } from 'langium';
import { FragmentBuilder } from '../../language/model/fragment-builder.ts';
import { builtInFile } from '../../language/references/built-in.ts';
import { configurationFile } from '../project/configuration-file.ts';
import { findProjectFolders, openNodeHost } from '../project/node-host.ts';
import { Project, type ProjectOptions } from '../project/project.ts';
import { emptyHost } from './empty-host.ts';

/** A project of the workspace, and how its files are called in the editor. */
export class OpenProject {
  readonly project: Project;
  /** The project's folder as the client names it, as a file system path. */
  readonly folder: string;
  /** False until every file has been read. */
  isLoaded = false;
  /** Settles when every file has been read. */
  ready: Promise<void> = Promise.resolve();
  /** URIs as the client writes them, of documents it has open. */
  readonly #uris = new Map<string, string>();

  constructor(project: Project, folder: string) {
    this.project = project;
    this.folder = folder;
  }

  fileOf(uri: string): string {
    return relative(this.folder, URI.parse(uri).fsPath).split(sep).join('/');
  }

  uriOf(file: string): string {
    if (file === builtInFile) return file;
    return this.#uris.get(file) ?? URI.file(join(this.folder, file)).toString();
  }

  /** Remembers how the client spells the URI of a document. */
  opened(uri: string): string {
    const file = this.fileOf(uri);
    this.#uris.set(file, uri);
    return file;
  }

  get rootUri(): string {
    return URI.file(this.folder).toString();
  }
}

/**
 * The projects of a workspace: each folder with a configuration file is one, and the workspace folder itself is one for
 * all texts outside of these. A document outside of every folder is a project of its own, for which nothing is read.
 */
export class Workspace {
  readonly #options: ProjectOptions;
  readonly #folders: string[];
  readonly #projects = new Map<string, Promise<OpenProject>>();
  /** By the URI of a document. */
  readonly #known = new Map<string, OpenProject>();
  /** One parser for all projects: it is costly to make. */
  readonly #builder = new FragmentBuilder();
  readonly #onOpened: (opened: OpenProject) => void;

  constructor(folders: readonly string[], options: ProjectOptions, onOpened: (opened: OpenProject) => void) {
    this.#folders = [...folders];
    this.#options = options;
    this.#onOpened = onOpened;
  }

  /** The project of a document that has been asked for before; nothing is waited for, so that typing never waits for the disk. */
  knownProjectOf(uri: string): OpenProject | undefined {
    return this.#known.get(uri);
  }

  /** The project of a document. It may still be loading. */
  async projectOf(uri: string): Promise<OpenProject> {
    const known = this.#known.get(uri);
    if (known) return known;
    const opened = await this.#find(uri);
    this.#known.set(uri, opened);
    return opened;
  }

  async #find(uri: string): Promise<OpenProject> {
    const path = URI.parse(uri).fsPath;
    const workspaceFolder = this.#folders.filter((folder) => contains(folder, path)).sort((a, b) => b.length - a.length)[0];
    if (workspaceFolder === undefined) return this.#open(path, dirname(path), true);
    const folder = await nearestProjectFolder(dirname(path), workspaceFolder);
    return this.#open(folder, folder, false);
  }

  /** Opens every project of every folder. */
  async openAll(): Promise<readonly OpenProject[]> {
    for (const folder of this.#folders) {
      const projects = await findProjectFolders(folder).catch(() => []);
      // A folder without any text of its own is no project, unless it is the only candidate.
      await this.#open(folder, folder, false);
      for (const inner of projects) {
        // Found by real paths; the client may reach the folder through a link.
        const real = await realFolder(folder);
        const named = join(folder, relative(real, inner));
        await this.#open(named, named, false);
      }
    }
    return this.opened();
  }

  async opened(): Promise<readonly OpenProject[]> {
    const settled = await Promise.allSettled(this.#projects.values());
    return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  }

  addFolder(folder: string): void {
    this.#known.clear();
    if (!this.#folders.includes(folder)) this.#folders.push(folder);
  }

  /** Forgets a folder and the projects in it. @returns the projects that are gone */
  async removeFolder(folder: string): Promise<readonly OpenProject[]> {
    this.#known.clear();
    this.#folders.splice(this.#folders.indexOf(folder) >>> 0, 1);
    const gone: OpenProject[] = [];
    for (const [key, opening] of this.#projects) {
      if (!contains(folder, key) || this.#folders.some((other) => contains(other, key))) continue;
      this.#projects.delete(key);
      const one = await opening.catch(() => undefined);
      if (one) gone.push(one);
    }
    return gone;
  }

  #open(key: string, folder: string, single: boolean): Promise<OpenProject> {
    let opening = this.#projects.get(key);
    if (!opening) {
      opening = this.#create(folder, single);
      this.#projects.set(key, opening);
      opening.catch(() => this.#projects.delete(key));
    }
    return opening;
  }

  async #create(folder: string, single: boolean): Promise<OpenProject> {
    const onDisk = single ? undefined : await openNodeHost(folder).catch(() => undefined);
    // A thread of its own reads the disk: what has no folder is measured here.
    const { measurer, ...options } = this.#options;
    const opened = new OpenProject(await Project.create(onDisk ?? emptyHost(folder), onDisk === undefined || measurer === undefined ? options : { ...options, measurer }, this.#builder), folder);
    this.#onOpened(opened);
    return opened;
  }
}

function contains(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return inside === '' || (!inside.startsWith('..') && !/^[A-Za-z]:/.test(inside));
}

async function realFolder(folder: string): Promise<string> {
  return (await openNodeHost(folder)).root;
}

/** The nearest folder upwards with a configuration file, within the workspace folder; else the workspace folder. */
async function nearestProjectFolder(from: string, workspaceFolder: string): Promise<string> {
  for (let folder = from; contains(workspaceFolder, folder); folder = dirname(folder)) {
    if ((await stat(join(folder, configurationFile)).catch(() => undefined))?.isFile() === true) return folder;
    if (folder === workspaceFolder || dirname(folder) === folder) break;
  }
  return workspaceFolder;
}
