import assert from 'node:assert/strict';
import { deflateSync } from 'node:zlib';
import { openNodeHost } from '../../server/project/node-host.ts';
import { Project } from '../../server/project/project.ts';
import { renderHtml } from '../../server/reports/renderers/html.ts';
import { gapAnalysis } from '../../server/reports/gap-analysis/gap-analysis.ts';
import { inFolder } from '../support/temporary-folder.ts';

function chunk(kind: string, data: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(kind, 'latin1'), data, Buffer.alloc(4)]);
}

/** A grey picture. Its checksums are none, which nobody looks at. */
function png(width: number, height: number, { interlaced = 0, pixels = Buffer.alloc((width + 1) * height) } = {}): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, interlaced], 8);
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', header), chunk('IDAT', deflateSync(pixels)), chunk('IEND', Buffer.alloc(0))]);
}

/** The least that says how large a JPEG is. */
const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8, 0, 20, 0, 60, 1, 1, 0x11, 0, 0xff, 0xd9]);

async function opened(files: Readonly<Record<string, string | Uint8Array>>, logo: string, trusted = true): Promise<{ readonly findings: readonly string[]; readonly html: string; readonly size: readonly number[] | undefined }> {
  return await inFolder({ 'itsms.config.json': JSON.stringify({ asOf: '2026-11-10', documents: { logo, footer: 'Confidential', name: 'The Provider' } }), ...files }, async (folder) => {
    const project = await Project.open(await openNodeHost(folder), { trusted });
    const document = gapAnalysis.build(await project.reportInput());
    const shown = document.look?.logo;
    return { findings: project.findingsOf('itsms.config.json').map(({ message }) => message), html: renderHtml(document), size: shown === undefined ? undefined : [shown.width, shown.height] };
  });
}

describe('the look of documents', () => {
  it('has the logo of the project, its footer and the name the organization goes by', async () => {
    for (const [file, content, size] of [['logo.png', png(80, 24), [80, 24]], ['images/logo.jpg', jpeg, [60, 20]], ['picture.dat', png(3, 3), [3, 3]]] as const) {
      const { findings, html, size: shown } = await opened({ [file]: content }, file);
      assert.deepEqual(findings, []);
      assert.deepEqual(shown, size);
      assert.match(html, /<img class="logo" src="data:image\/(?:png|jpeg);base64,[A-Za-z0-9+/=]+" alt=""/);
      assert.match(html, /<footer><p>Confidential · As of 2026-11-10/);
      assert.match(html, /<p class="organization">The Provider<\/p>/);
    }
  });

  it('says what is wrong with a logo, at its place, and goes on without', async () => {
    const wrong: readonly (readonly [Readonly<Record<string, string | Uint8Array>>, string, RegExp])[] = [
      [{}, 'missing.png', /missing\.png/],
      [{}, '../outside.png', /outside/],
      [{ 'logo.png': '<svg xmlns="http://www.w3.org/2000/svg"/>' }, 'logo.png', /neither a PNG nor a JPEG/],
      [{ 'logo.png': png(4, 4, { interlaced: 1 }) }, 'logo.png', /without interlacing/],
      [{ 'logo.png': png(4, 4, { pixels: Buffer.alloc(3) }) }, 'logo.png', /damaged PNG/],
      [{ 'logo.png': png(4, 4).subarray(0, 50) }, 'logo.png', /damaged PNG/],
      [{ 'logo.png': png(5000, 1) }, 'logo.png', /5000 × 1 pixels/],
      [{ 'logo.jpg': jpeg.subarray(0, 9) }, 'logo.jpg', /damaged JPEG|neither/],
      [{ 'logo.png': Buffer.alloc(1024 * 1024 + 1) }, 'logo.png', /logo\.png/],
    ];
    for (const [files, logo, message] of wrong) {
      const { findings, html, size } = await opened(files, logo);
      assert.equal(findings.length, 1, logo);
      assert.match(findings[0] ?? '', message);
      assert.equal(size, undefined);
      assert.doesNotMatch(html, /<img/);
    }
  });

  it('reads no logo in a workspace that is not trusted', async () => {
    const { findings, size } = await opened({ 'logo.png': png(4, 4) }, 'logo.png', false);
    assert.deepEqual([findings, size], [[], undefined]);
  });
});
