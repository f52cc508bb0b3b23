/** Reads files of Office as a strict reader would: parts, relations and text. */
import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
}

/** @throws Error where the text is not well-formed */
export function parseXml(xml: string): XmlElement {
  const parser = new SaxesParser();
  const root: { name: string; attributes: Record<string, string>; children: (XmlElement | string)[] } = { name: '', attributes: {}, children: [] };
  const open = [root];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  parser.on('text', (text) => void open.at(-1)?.children.push(text));
  parser.write(xml).close();
  const element = root.children.find((child) => typeof child !== 'string');
  assert.ok(element !== undefined);
  return element;
}

/** An element and all below it, in the order of the text. */
export function* elementsOf(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const child of element.children) if (typeof child !== 'string') yield* elementsOf(child);
}

export function allNamed(element: XmlElement, name: string): XmlElement[] {
  return [...elementsOf(element)].filter((one) => one.name === name);
}

export function textOf(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}

export class OfficeFile {
  readonly parts: ReadonlyMap<string, Uint8Array>;
  readonly #trees = new Map<string, XmlElement>();

  constructor(file: Uint8Array) {
    this.parts = new Map(Object.entries(unzipSync(file)));
  }

  xml(name: string): XmlElement {
    let tree = this.#trees.get(name);
    if (tree === undefined) {
      const part = this.parts.get(name);
      assert.ok(part !== undefined, `there is no part ${name}`);
      tree = parseXml(strFromU8(part));
      this.#trees.set(name, tree);
    }
    return tree;
  }

  /** What a strict reader finds wrong: parts that cannot be read, are of no known type, or are related to what is not there. */
  faults(): string[] {
    const faults: string[] = [];
    const types = this.xml('[Content_Types].xml');
    const extensions = new Set(allNamed(types, 'Default').map(({ attributes }) => attributes['Extension']));
    const named = new Set(allNamed(types, 'Override').map(({ attributes }) => attributes['PartName']));
    for (const name of named) if (!this.parts.has((name ?? '').slice(1))) faults.push(`the type of ${name} is told, and there is no such part`);
    for (const name of this.parts.keys()) {
      const extension = name.slice(name.lastIndexOf('.') + 1);
      if (name !== '[Content_Types].xml' && !named.has(`/${name}`) && !extensions.has(extension)) faults.push(`${name} is of no known type`);
      if (!/\.(?:xml|rels|svg)$/.test(name)) continue;
      try {
        this.xml(name);
      } catch (error) {
        faults.push(`${name}: ${String(error)}`);
        continue;
      }
      if (name.endsWith('.rels')) faults.push(...this.#faultsOfRelations(name));
    }
    return faults;
  }

  #faultsOfRelations(name: string): string[] {
    const faults: string[] = [];
    const [, folder = '', base = ''] = /^(.*?)_rels\/(.*)\.rels$/.exec(name) ?? [];
    const owner = base === '' ? undefined : `${folder}${base}`;
    const ids = new Set<string>();
    for (const { attributes } of allNamed(this.xml(name), 'Relationship')) {
      const { Id = '', Target = '', TargetMode } = attributes;
      if (ids.has(Id)) faults.push(`${name} names ${Id} twice`);
      ids.add(Id);
      const target = Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target);
      if (TargetMode !== 'External' && !this.parts.has(target)) faults.push(`${name}: ${Target} is not there`);
    }
    if (owner === undefined) return faults;
    if (!this.parts.has(owner)) return [...faults, `${name} is of no part`];
    for (const { attributes } of elementsOf(this.xml(owner))) {
      for (const [attribute, id] of Object.entries(attributes)) if (/^r:(?:id|embed|link)$/.test(attribute) && !ids.has(id)) faults.push(`${owner} relates to ${id}, which ${name} does not name`);
    }
    return faults;
  }
}
