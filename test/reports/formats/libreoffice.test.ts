/** LibreOffice opens documents for Word and workbooks, as another program than the one they are made for. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readPackageFile } from '../../../server/project/package-files.ts';
import type { Block, Document } from '../../../server/reports/blocks.ts';
import { plain } from '../../../server/reports/block-builders.ts';
import { dashboard } from '../../../server/reports/dashboard/dashboard.ts';
import { gapAnalysis } from '../../../server/reports/gap-analysis/gap-analysis.ts';
import { dataTablesOf } from '../../../server/reports/renderers/data-tables.ts';
import { serviceReport } from '../../../server/reports/service-report/service-report.ts';
import { renderDocument } from '../../../server/reports/render-document.ts';
import { programOrSkip } from '../../support/programs.ts';
import { sampleDocument } from '../sample-document.ts';
import { sampleInput } from '../sample-input.ts';

interface ParsedNode {
  readonly nodeName: string;
  readonly value?: string;
  readonly childNodes?: readonly ParsedNode[];
}
// The parser comes with the packaging tool.
const { parse } = createRequire(import.meta.url)('parse5') as { parse(html: string): ParsedNode };

function nodes(node: ParsedNode): ParsedNode[] {
  return [node, ...(node.childNodes ?? []).flatMap(nodes)];
}

function textOf(node: ParsedNode): string {
  return (node.value ?? (node.childNodes ?? []).map(textOf).join('')).replaceAll(/\s+/g, ' ');
}

const hostile = `<b>&amp; =cmd|' /C calc'!A0 \u202Egnp.exe 服務 🚀 \u0007 ${'long '.repeat(200)}`;

const documents: Readonly<Record<string, () => Document>> = {
  sample: sampleDocument,
  german: () => ({ ...sampleDocument(), language: 'de' }),
  hostile: () => sampleDocument(hostile),
  dashboard: () => dashboard.build(sampleInput()),
  'gap-analysis': () => gapAnalysis.build(sampleInput()),
  'service-report': () => serviceReport.build(sampleInput()),
};

/** Every heading with its level, from 1 below the title. */
function headings(blocks: readonly Block[], level = 1): (readonly [level: number, text: string])[] {
  return blocks.flatMap((block) => (block.kind !== 'section' ? [] : [...(block.heading === undefined ? [] : [[Math.min(6, level), plain(block.heading).trim()] as const]), ...headings(block.blocks, block.heading === undefined ? level : level + 1)]));
}

describe('LibreOffice', function () {
  this.timeout(900_000);
  let folder: string;
  const made = new Map<string, Document>();

  before(async function () {
    const soffice = programOrSkip(this, 'soffice', 'libreoffice-writer-nogui', 'libreoffice-calc-nogui');
    programOrSkip(this, 'pdftotext', 'poppler-utils');
    folder = mkdtempSync(join(tmpdir(), 'itsms-office-'));
    for (const [name, make] of Object.entries(documents)) made.set(name, make());
    for (const [name, document] of made) for (const format of ['docx', 'xlsx'] as const) writeFileSync(join(folder, `${name}.${format}`), await renderDocument(document, format, readPackageFile));
    // It takes seconds to start: one start for all files of a kind.
    const convert = (to: string, ending: string): void => {
      const files = readdirSync(folder).filter((name) => name.endsWith(ending)).map((name) => join(folder, name));
      execFileSync(soffice, [`-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`, '--headless', '--norestore', '--convert-to', to, '--outdir', folder, ...files], { stdio: 'ignore', timeout: 600_000 });
    };
    convert('pdf', '.docx');
    convert('html:HTML (StarWriter)', '.docx');
    // Commas, quotation marks, UTF-8, as shown, every sheet in a file of its own.
    convert('csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,true,false,false,-1', '.xlsx');
  });

  after(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  function documentOf(name: string): Document {
    const document = made.get(name);
    assert.ok(document !== undefined);
    return document;
  }

  for (const name of Object.keys(documents)) {
    it(`reads ${name} for Word: every heading at its level, every table`, () => {
      const document = documentOf(name);
      const page = nodes(parse(readFileSync(join(folder, `${name}.html`), 'utf8')));
      const read = page.flatMap((node) => {
        const level = /^h([1-6])$/.exec(node.nodeName)?.[1];
        return level === undefined ? [] : [[Number(level), textOf(node).trim()] as const];
      });
      const expected = headings(document.blocks).map(([level, text]) => [level, text.replaceAll(/\s+/g, ' ')] as const);
      assert.ok(expected.length > 3);
      // The title is none of them.
      assert.deepEqual(read.filter(([, text]) => expected.some(([, one]) => one === text)), expected);
      const tables = page.filter(({ nodeName }) => nodeName === 'table').length;
      assert.ok(tables >= dataTablesOf(document).length, `${tables} tables`);
      assert.ok(page.some(({ nodeName }) => nodeName === 'thead'));
    });

    it(`prints ${name} with where its figures come from at the foot of each page`, () => {
      const document = documentOf(name);
      const text = execFileSync('pdftotext', ['-layout', join(folder, `${name}.pdf`), '-'], { encoding: 'utf8', maxBuffer: 1 << 27 });
      const pages = text.split('\f').filter((page) => page.trim() !== '');
      assert.ok(pages.length >= 3, `${pages.length} pages`);
      const [first = '', ...others] = pages;
      const foot = document.language === 'de' ? /Stand 22\.11\.2026/ : new RegExp(`As of ${document.provenance.asOf}`);
      for (const [index, page] of others.entries()) {
        assert.match(page, foot, `page ${index + 2}`);
        assert.match(page, new RegExp(`\\b${index + 2} ?/ ?${pages.length}\\b`), `page ${index + 2}`);
      }
      assert.ok(first.includes(document.title.slice(0, 8)));
      // A picture that cannot be drawn is shown as its name.
      assert.doesNotMatch(text, /image\d+\.(?:svg|png)/);
    });

    it(`reads ${name} as a workbook: a sheet for each table, with its rows`, () => {
      const document = documentOf(name);
      const files = readdirSync(folder).filter((file) => file.startsWith(`${name}-`) && file.endsWith('.csv'));
      const tables = dataTablesOf(document);
      assert.equal(files.length, tables.length + 1);
      const sheets = files.map((file) => readFileSync(join(folder, file), 'utf8'));
      assert.ok(!sheets.some((sheet) => /(?:^|,)"?(?:#(?:NAME|REF|VALUE)|Err:\d)/m.test(sheet)));
      for (const { columns, rows } of tables) {
        const head = columns.map(({ head: text }) => (/[,"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(',');
        assert.ok(sheets.some((sheet) => sheet.startsWith(`${head}\n`) && sheet.trimEnd().split('\n').length >= rows.length + 1), head);
      }
    });
  }

  it('shows numbers, shares and dates of a workbook as they are', () => {
    const sheet = readFileSync(join(folder, 'sample-Service level targets.csv'), 'utf8');
    assert.ok(sheet.includes('P1 restored within 4 h,95,93.54%,29,31,■ R below target,2026-01-01'), sheet);
    const german = readFileSync(join(folder, 'german-Service level targets.csv'), 'utf8');
    assert.ok(german.includes('"44,611","44,640"') && german.includes('01.01.2026'), german);
    assert.ok(existsSync(join(folder, 'german-Inhalt.csv')));
  });

  it('shows what looks like a formula as text', () => {
    const sheets = readdirSync(folder).filter((file) => file.startsWith('hostile-') && file.endsWith('.csv')).map((file) => readFileSync(join(folder, file), 'utf8'));
    assert.ok(sheets.some((sheet) => sheet.includes("<b>&amp; =cmd|' /C calc'!A0 gnp.exe 服務 🚀")));
  });
});
