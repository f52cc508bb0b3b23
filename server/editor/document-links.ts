import type { Range } from 'vscode-languageserver';
import type { Span } from '../../language/model/span.ts';
import type { EditorProject } from './editor-project.ts';
import { spanRange } from './positions.ts';

export interface FileLink {
  readonly range: Range;
  /** Relative to the project's folder, with `/`; it never leads out of it. */
  readonly file: string;
}

const fileFacts: ReadonlySet<string> = new Set(['file', 'files', 'minutesFile', 'publishedAt']);

/** Files that a text names: documents, evidence, exports. Patterns and addresses are left out. */
export function fileLinks(project: EditorProject, file: string): FileLink[] {
  const links: FileLink[] = [];
  for (const placed of project.model.fragment(file)?.declarations ?? []) {
    const pending: unknown[] = [placed.entity.node];
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      if (typeof node !== 'object' || node === null) continue;
      const spans = '$at' in node ? (node.$at as Readonly<Record<string, Span | readonly Span[]>>) : undefined;
      for (const [key, value] of Object.entries(node)) {
        if (key.startsWith('$')) continue;
        if (typeof value === 'object') pending.push(value);
        if (!fileFacts.has(key) || spans === undefined) continue;
        const names = Array.isArray(value) ? value : [value];
        const places = spans[key];
        for (const [index, name] of names.entries()) {
          const at = typeof places === 'number' ? places : places?.[index];
          if (at === undefined || typeof name !== 'string' || !isPath(name)) continue;
          links.push({ range: spanRange(placed, at), file: name.replace(/^\.\//, '') });
        }
      }
    }
  }
  return links;
}

/** A plain path within the project: no pattern, no address, no way out. */
function isPath(name: string): boolean {
  return name.length > 0 && name.length < 1000 && !/[*?[\]{}:\\\n]/.test(name) && !name.startsWith('/') && !name.split('/').includes('..') && name.includes('.');
}
