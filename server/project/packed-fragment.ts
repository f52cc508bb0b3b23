import type { AnyDeclaration } from '../../language/model/declarations.ts';
import { exportedNames } from '../../language/model/exports.ts';
import type { Entity, Fragment } from '../../language/model/fragment.ts';

/** A fragment as it is kept on disk: without what follows from the rest. Only ever read back by the program that wrote it. */
export interface PackedFragment {
  readonly hash: string;
  readonly declarations: readonly PackedDeclaration[];
  readonly findings: Fragment['findings'];
}

type PackedDeclaration = readonly [
  node: AnyDeclaration,
  hash: string,
  references: readonly (readonly [type: string, id: string, at: number])[],
  findings: Entity['findings'],
  lines: number,
  line: number,
  column: number,
];

export function packFragment({ hash, declarations, findings }: Fragment): PackedFragment {
  return {
    hash,
    declarations: declarations.map(({ entity, line, column }) => [
      entity.node,
      entity.hash,
      entity.references.map(({ type, id, at }) => [type, id, at] as const),
      entity.findings,
      entity.lines,
      line,
      column,
    ]),
    findings,
  };
}

export function unpackFragment(file: string, { hash, declarations, findings }: PackedFragment): Fragment {
  return {
    file,
    hash,
    declarations: declarations.map(([read, entityHash, references, entityFindings, lines, line, column]) => {
      const node = share(read) as AnyDeclaration;
      const entity: Entity = {
        key: node.$key,
        node,
        hash: entityHash,
        exports: exportedNames(node),
        references: references.map(([type, id, at]) => ({ type: shareText(type), id: shareText(id), at: at as Entity['references'][number]['at'] })),
        findings: entityFindings,
        lines,
      };
      return { entity, file, line, column };
    }),
    findings,
  };
}

const noItems: readonly never[] = Object.freeze([]);
const longestShared = 40;
const texts = new Map<string, string>();
const textLimit = 200_000;

/** Equal short texts and all empty lists become one object each, as they are where a text is parsed: it halves the memory. */
function share(value: unknown): unknown {
  if (typeof value === 'string') return shareText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    if (value.length === 0) return noItems;
    if (typeof value[0] === 'number') return value;
    for (let index = 0; index < value.length; index++) value[index] = share(value[index]);
    return value;
  }
  const record = value as Record<string, unknown>;
  for (const name in record) {
    const inner = record[name];
    if (typeof inner === 'number' || name === '$at') continue;
    const shared = share(inner);
    if (shared !== inner) record[name] = shared;
  }
  return value;
}

function shareText(text: string): string {
  if (text.length > longestShared) return text;
  const known = texts.get(text);
  if (known !== undefined) return known;
  if (texts.size >= textLimit) texts.clear();
  texts.set(text, text);
  return text;
}
