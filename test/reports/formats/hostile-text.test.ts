/** Text of a model is data in every format: each is read back by something else, and the text stands in it as text. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import readExcelFile from 'read-excel-file/node';
import { readPackageFile } from '../../../server/project/package-files.ts';
import { documentFormats, renderDocument, type DocumentFormat } from '../../../server/reports/render-document.ts';
import { programOrSkip } from '../../support/programs.ts';
import { sampleDocument } from '../sample-document.ts';
import { allNamed, OfficeFile, textOf } from './ooxml.ts';

const hostile: Readonly<Record<string, string>> = {
  'markup of HTML': `<script>alert(1)</script><img src=x onerror="alert('1')"> &lt;b&gt; &#x3c;`,
  'a formula': `=cmd|' /C calc'!A0`,
  'a formula that begins with a plus': '+HYPERLINK("http://example.org","x")',
  'a formula that begins with a minus': '-1+1',
  'a formula that begins with an at': '@SUM(1,1)',
  'markup of Markdown': '# [x](javascript:y) **b** | `c` ![i](x) <a> ~~~ --- 1. 2)',
  'ends of XML': ']]> --> <?x ?> <!-- &amp; %PDF endobj (x) \\) stream',
  'placeholders of words': '{0} {1} $1 $& %s',
  'another way to write letters in a workbook': '_x0041_ _X000D_',
  'marks of direction': 'abc\u202Egnp.exe\u202C \u2066x\u2069 \u200Fy',
  'letters written from right to left': 'Latin שלום עולם مرحبا end',
  'pictures and joined signs': 'a 👩‍💻 🚀 ❤️ 🇩🇪 z',
  'Chinese, Japanese and Korean': '服務管理 サービス 서비스',
  'control characters': 'a\u0000b\u0007c\u001b[31md\u000be\u007ff\u0085g\u2028h',
  'half a character': 'x\ud83d y\ude80 z\uffff',
  'line ends': 'one\ntwo\r\nthree\ttab',
  'ten thousand characters in words': 'Long name '.repeat(1000),
  'ten thousand characters in one word': 'm'.repeat(10_000),
};

/** What remains of a text when everything is left out that a format may show in another way: spaces, marks, control characters, what is no character. */
function signs(text: string): string {
  return text.toWellFormed().replaceAll(/[^\p{L}\p{N}\p{P}\p{S}]|\u200d|\ufe0f|[\ufffd\ufffe\uffff□]/gu, '');
}

interface ParsedNode {
  readonly nodeName: string;
  readonly value?: string;
  readonly childNodes?: readonly ParsedNode[];
}
interface MarkdownToken {
  readonly type: string;
  readonly content: string;
  readonly children: readonly MarkdownToken[] | null;
}
// Both parsers come with the packaging tool and have no types of their own.
const packaged = createRequire(import.meta.url);
const { parse } = packaged('parse5') as { parse(html: string): ParsedNode };
const MarkdownIt = packaged('markdown-it') as new (options: object) => { parse(text: string, environment: object): readonly MarkdownToken[] };

function htmlText(node: ParsedNode): string {
  if (node.nodeName === 'script') throw new Error('The page has a script');
  return node.nodeName === 'style' ? '' : (node.value ?? (node.childNodes ?? []).map(htmlText).join(''));
}

function markdownText(tokens: readonly MarkdownToken[]): string {
  return tokens
    .map((token) => {
      if (token.type.startsWith('html')) throw new Error(`The text became HTML: ${token.content.slice(0, 80)}`);
      return token.children === null ? (token.type === 'inline' ? '' : token.content) : markdownText(token.children);
    })
    .join('');
}

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}

/** The fields of CSV, read by the letter of RFC 4180. */
function csvFields(text: string): string[] {
  const fields: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gy;
  while (field.lastIndex < text.length) {
    const match = field.exec(text);
    if (match === null) throw new Error(`No CSV: ${text.slice(field.lastIndex, field.lastIndex + 80)}`);
    fields.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
  }
  return fields;
}

describe('hostile text', function () {
  this.timeout(300_000);
  let folder: string;
  let pdftotext: string;

  before(function () {
    pdftotext = programOrSkip(this, 'pdftotext', 'poppler-utils');
    folder = mkdtempSync(join(tmpdir(), 'itsms-hostile-'));
  });

  after(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  /** The text of a file as something else reads it. A format without a reader does not compile. */
  const readers: Readonly<Record<DocumentFormat, (file: Uint8Array) => string | Promise<string>>> = {
    html: (file) => htmlText(parse(strFromU8(file))),
    md: (file) => markdownText(new MarkdownIt({ html: true }).parse(strFromU8(file), {})),
    json: (file) => strings(JSON.parse(strFromU8(file))).join(' '),
    docx: (file) => {
      const office = new OfficeFile(file);
      assert.deepEqual(office.faults(), []);
      return textOf(office.xml('word/document.xml'));
    },
    xlsx: async (file) => {
      const office = new OfficeFile(file);
      assert.deepEqual(office.faults(), []);
      for (const name of office.parts.keys()) if (name.startsWith('xl/worksheets/sheet')) assert.deepEqual(allNamed(office.xml(name), 'f'), []);
      return strings(await readExcelFile(Buffer.from(file))).join(' ').replaceAll('_x005F_', '_');
    },
    csv: (file) => {
      const fields = Object.values(unzipSync(file)).flatMap((one) => csvFields(strFromU8(one)));
      for (const field of fields) assert.ok(/^-?\d+(?:\.\d+)?$/.test(field) || !/^[=+\-@]/.test(field), field.slice(0, 80));
      return fields.join(' ');
    },
    pdf: (file) => {
      const path = join(folder, 'document.pdf');
      writeFileSync(path, file);
      // Without the foot of each page, which stands between the parts of a long text.
      return execFileSync(pdftotext, ['-r', '72', '-x', '0', '-y', '0', '-W', '10000', '-H', '780', path, '-'], { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });
    },
  };

  for (const [name, text] of Object.entries(hostile)) {
    for (const format of documentFormats) {
      it(`is text in ${format}: ${name}`, async () => {
        const file = await renderDocument(sampleDocument(text), format, readPackageFile);
        const read = await readers[format](typeof file === 'string' ? new TextEncoder().encode(file) : file);
        assert.ok(signs(read).includes(signs(text)), `not found in ${format}: ${signs(text).slice(0, 200)}`);
      });
    }
  }
});
