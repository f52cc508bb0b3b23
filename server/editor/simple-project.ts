import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '../../language/model/finding.ts';
import { FragmentBuilder } from '../../language/model/fragment-builder.ts';
import { ProjectModel, type ModelChange } from '../../language/model/project-model.ts';
import { rangeOf } from '../../language/model/places.ts';
import { duplicateFindings, linkFindings } from '../../language/references/link-check.ts';
import type { Figure } from '../measurement/figure.ts';
import type { EditorProject } from './editor-project.ts';

/** A project of the texts it is given, checked for syntax and names. */
export class SimpleProject implements EditorProject {
  readonly model = new ProjectModel();
  readonly builder = new FragmentBuilder();
  readonly asOf: string;
  readonly #texts = new Map<string, string>();

  constructor(asOf: string) {
    this.asOf = asOf;
  }

  setText(file: string, text: string): ModelChange {
    this.#texts.set(file, text);
    return this.model.update(file, this.builder.build(file, text, this.model.fragment(file)));
  }

  remove(file: string): ModelChange {
    this.#texts.delete(file);
    return this.model.update(file, undefined);
  }

  text(file: string): string | undefined {
    return this.#texts.get(file);
  }

  files(): readonly string[] {
    return this.model.files();
  }

  figures(): readonly Figure[] {
    return [];
  }

  findingsOf(file: string): readonly Finding[] {
    const fragment = this.model.fragment(file);
    if (!fragment) return [];
    const findings: Finding[] = [];
    const local = { requirements: [], related: [], fixes: [] };
    for (const { finding, line, column } of fragment.findings) {
      findings.push({ ...finding, ...local, place: { file, range: { line, column, endLine: line, endColumn: column + 1 } } });
    }
    for (const placed of fragment.declarations) {
      for (const finding of placed.entity.findings) {
        const range = rangeOf(placed, finding.at);
        const fixes = finding.suggestion === undefined ? [] : [];
        findings.push({ ...finding, ...local, fixes, place: { file, range } });
      }
      findings.push(...linkFindings(placed.entity, this.model));
      findings.push(...duplicateFindings(placed.entity, this.model).filter(({ place }) => this.model.locate(place)?.file === file));
    }
    return findings;
  }
}

const ignored = new Set(['node_modules', 'dist', 'out']);

/** The files of the language below a folder, relative to it, with `/`. */
export async function languageFiles(folder: string, below = ''): Promise<string[]> {
  const entries = await readdir(join(folder, below), { withFileTypes: true }).catch(() => []);
  const files: string[] = [];
  for (const entry of entries) {
    const name = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory() && !ignored.has(entry.name) && !entry.name.startsWith('.')) files.push(...(await languageFiles(folder, name)));
    else if (entry.isFile() && entry.name.endsWith('.itsms')) files.push(name);
  }
  return files;
}

export async function loadSimpleProject(folder: string, asOf: string): Promise<SimpleProject> {
  const project = new SimpleProject(asOf);
  for (const file of await languageFiles(folder)) {
    const text = await readFile(join(folder, file), 'utf8').catch(() => undefined);
    if (text !== undefined) project.setText(file, text);
  }
  return project;
}
