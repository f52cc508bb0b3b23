/** Takes out of a file what differs from run to run: dates, ids by chance, ids counted over the life of the program. */
import { strFromU8, unzipSync } from 'fflate';
import { officeFirst, zipPackage } from '../office/zip-package.ts';
import { tableStyleXml } from './styles.ts';

/** @param asOf the date that the document says it was made on, ISO */
export function sameBytes(file: Uint8Array, asOf: string): Uint8Array {
  const parts: Record<string, Uint8Array | string> = { ...unzipSync(file) };
  const text = (name: string): string => {
    const part = parts[name];
    return part === undefined ? '' : typeof part === 'string' ? part : strFromU8(part);
  };
  const change = (name: string, changed: (xml: string) => string): void => {
    if (Object.hasOwn(parts, name)) parts[name] = changed(text(name));
  };
  change('docProps/core.xml', (xml) => xml.replace(/(<dcterms:(?:created|modified)\b[^>]*>)[^<]*</g, `$1${asOf}T00:00:00Z<`));
  change('word/styles.xml', (xml) => xml.replace('</w:styles>', () => `${tableStyleXml}</w:styles>`));
  const relations = 'word/_rels/document.xml.rels';
  const links = new Numbers('rIdLink');
  change(relations, (xml) => xml.replace(/(?<= Id=")rId(?!\d+")[^"]*/g, (id) => links.of(id)));
  change('word/document.xml', (xml) => {
    const [bookmarks, headings] = [new Numbers(''), new Numbers('_Toc')];
    return xml
      .replace(/(?<= r:id=")rId(?!\d+")[^"]*/g, (id) => links.of(id))
      .replace(/(?<=<w:bookmark(?:Start|End)\b[^>]* w:id=")[^"]*/g, (id) => bookmarks.of(id))
      .replace(/(?<= w:(?:anchor|name)="|>PAGEREF )_Toc\d+/g, (name) => headings.of(name));
  });
  return zipPackage(parts, officeFirst);
}

/** Numbers names in the order in which they are first seen. */
class Numbers {
  readonly #names = new Map<string, string>();
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  of(name: string): string {
    const known = this.#names.get(name) ?? `${this.#prefix}${this.#names.size + 1}`;
    this.#names.set(name, known);
    return known;
  }
}
