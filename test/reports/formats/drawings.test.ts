/** Drawings outside a browser: as SVG files of their own, and as pixels. */
import assert from 'node:assert/strict';
import { crc32, inflateSync } from 'node:zlib';
import { readPackageFile } from '../../../server/project/package-files.ts';
import type { Drawing, DrawingElement } from '../../../server/reports/blocks.ts';
import { openRasterizer } from '../../../server/reports/renderers/drawing-png.ts';
import { standaloneSvg } from '../../../server/reports/renderers/standalone-svg.ts';
import { allNamed, parseXml, textOf } from './ooxml.ts';

function shape(tag: DrawingElement['tag'], attributes: Readonly<Record<string, string>>, ...children: (DrawingElement | string)[]): DrawingElement {
  return { tag, attributes, children };
}

function drawing(width: number, height: number, ...children: DrawingElement[]): Drawing {
  return { width, height, children };
}

interface Picture {
  readonly width: number;
  readonly height: number;
  colour(x: number, y: number): string;
}

/** Reads a PNG with a palette, checking the sum of each part. */
function readPng(bytes: Uint8Array): Picture {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const chunks = new Map<string, Uint8Array>();
  for (let at = 8; at < bytes.length; ) {
    const length = view.getUint32(at);
    const name = new TextDecoder('latin1').decode(bytes.subarray(at + 4, at + 8));
    chunks.set(name, bytes.subarray(at + 8, at + 8 + length));
    assert.equal(view.getUint32(at + 8 + length), crc32(bytes.subarray(at + 4, at + 8 + length)), name);
    at += length + 12;
  }
  assert.deepEqual([...chunks.keys()], ['IHDR', 'PLTE', 'IDAT', 'IEND']);
  const header = chunks.get('IHDR') ?? new Uint8Array();
  const [width, height] = [new DataView(header.buffer, header.byteOffset).getUint32(0), new DataView(header.buffer, header.byteOffset).getUint32(4)];
  const rows = inflateSync(chunks.get('IDAT') ?? new Uint8Array());
  assert.equal(rows.length, (width + 1) * height);
  const palette = chunks.get('PLTE') ?? new Uint8Array();
  return {
    width,
    height,
    colour: (x, y) => {
      const place = (rows[y * (width + 1) + 1 + x] ?? 0) * 3;
      return `#${[...palette.slice(place, place + 3)].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
    },
  };
}

async function pixels(drawn: Drawing, width = drawn.width): Promise<Picture> {
  return readPng((await openRasterizer([drawn], readPackageFile)).png(drawn, width));
}

describe('drawings as pixels', function () {
  this.timeout(60_000);

  it('are two pixels for each of a screen, at the size at which they are shown', async () => {
    const drawn = drawing(40, 20, shape('rect', { x: '0', y: '0', width: '20', height: '20', fill: '#b3261e' }));
    const picture = await pixels(drawn);
    assert.deepEqual([picture.width, picture.height, picture.colour(10, 10), picture.colour(60, 10)], [80, 40, '#b3261e', '#ffffff']);
    const smaller = await pixels(drawn, 20);
    assert.deepEqual([smaller.width, smaller.height], [40, 20]);
  });

  it('show every shape where it stands: moved, turned, cut off, see-through', async () => {
    const picture = await pixels(
      drawing(
        100,
        100,
        shape('defs', {}, shape('clipPath', { id: 'c' }, shape('path', { d: 'M0 0l10 0l0 10l-10 0Z' }))),
        shape('g', { transform: 'translate(20 0) scale(2)' }, shape('circle', { cx: '10', cy: '10', r: '5', fill: '#1b6e3c' })),
        shape('rect', { x: '0', y: '0', width: '30', height: '30', fill: '#0000ff', 'clip-path': 'url(#c)' }),
        shape('line', { x1: '0', y1: '50', x2: '100', y2: '50', stroke: '#000000', 'stroke-width': '4' }),
        shape('polygon', { points: '60,60 90,60 90,90', fill: '#ff0000', opacity: '0.5' }),
        shape('rect', { x: '-2', y: '-2', width: '4', height: '4', fill: '#ff00ff', transform: 'rotate(90) translate(80 -20)' }),
        shape('path', { d: 'M0 95L100 95', fill: 'none', stroke: '#00ffff', 'stroke-width': '4', 'stroke-dasharray': '20,20' }),
      ),
    );
    assert.equal(picture.colour(80, 40), '#1b6e3c');
    assert.deepEqual([picture.colour(10, 10), picture.colour(40, 40)], ['#0000ff', '#ffffff']);
    assert.equal(picture.colour(100, 100), '#000000');
    assert.match(picture.colour(170, 130), /^#ff(?:7f|80)(?:7f|80)$/);
    assert.equal(picture.colour(40, 160), '#ff00ff');
    assert.deepEqual([picture.colour(20, 190), picture.colour(60, 190)], ['#00ffff', '#ffffff']);
  });

  it('write text in any script, from where it is anchored', async () => {
    const inked = async (attributes: Readonly<Record<string, string>>, text: string): Promise<readonly [left: boolean, right: boolean]> => {
      const picture = await pixels(drawing(200, 30, shape('text', { x: '100', y: '20', 'font-size': '14', fill: '#000000', ...attributes }, text)));
      const ink = (from: number, until: number): boolean => Array.from({ length: (until - from) * 60 }, (_, index) => picture.colour(from + Math.floor(index / 60), index % 60)).some((colour) => colour !== '#ffffff');
      return [ink(0, 190), ink(210, 400)];
    };
    assert.deepEqual(await inked({}, 'Restored'), [false, true]);
    assert.deepEqual(await inked({ 'text-anchor': 'end' }, 'Restored'), [true, false]);
    for (const text of ['Wiederhergestellt', '服務管理服務管理', 'שלום עולם שלום', '🚀🚀🚀🚀']) assert.deepEqual(await inked({ 'text-anchor': 'middle' }, text), [true, true], text);
  });

  it('keep the commonest of many colours, and are the same bytes each time', async () => {
    const many = drawing(64, 64, ...Array.from({ length: 1024 }, (_, index) => shape('rect', { x: String((index % 32) * 2), y: String(Math.floor(index / 32) * 2), width: '2', height: '2', fill: `#${(index * 16_001 + 4096).toString(16).padStart(6, '0').slice(-6)}` })), shape('rect', { x: '0', y: '32', width: '64', height: '32', fill: '#123456' }));
    const rasterizer = await openRasterizer([many], readPackageFile);
    assert.equal(readPng(rasterizer.png(many, 64)).colour(60, 100), '#123456');
    assert.deepEqual(rasterizer.png(many, 64), (await openRasterizer([many], readPackageFile)).png(many, 64));
  });
});

describe('drawings as SVG files', () => {
  it('are well-formed whatever their texts are, and say what they show', () => {
    const svg = parseXml(standaloneSvg(drawing(10, 10, shape('text', { x: '1', y: '2' }, '<a> & \u0000\u202E]]>')), 'Two < three'));
    assert.deepEqual([svg.attributes['xmlns'], svg.attributes['viewBox']], ['http://www.w3.org/2000/svg', '0 0 10 10']);
    assert.equal(textOf(allNamed(svg, 'title')[0] ?? svg), 'Two < three');
    assert.equal(textOf(allNamed(svg, 'text')[0] ?? svg), '<a> & \ufffd]]>');
  });

  it('move centred text to its line, and draw outlines behind letters first, since Word does neither', () => {
    const svg = parseXml(standaloneSvg(drawing(10, 10, shape('text', { y: '20', 'font-size': '10', 'dominant-baseline': 'central', 'paint-order': 'stroke', stroke: '#ffffff', 'stroke-width': '3', fill: '#000000' }, 'x')), ''));
    const texts = allNamed(svg, 'text').map(({ attributes: { y, fill, stroke } }) => [y, fill, stroke]);
    assert.deepEqual(texts, [['23.5', 'none', '#ffffff'], ['23.5', '#000000', undefined]]);
    assert.ok(allNamed(svg, 'text').every(({ attributes }) => !('dominant-baseline' in attributes) && !('paint-order' in attributes)));
  });
});
