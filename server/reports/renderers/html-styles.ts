/** The style sheet of the pages: one typeface, three sizes, thin rules; colour only for status. */
import { palette } from '../charts/palette.ts';
import type { PaletteRole } from '../charts/palette.ts';
import type { Look } from '../blocks.ts';

const light: Readonly<Record<PaletteRole, string>> = { ...palette, paper: '#ffffff' };

const dark: Readonly<Record<PaletteRole, string>> = {
  ink: '#e4e7ea',
  quiet: '#a3acb5',
  rule: '#363d45',
  paper: '#15181c',
  target: '#c3c9cf',
  below: '#ff8f85',
  warning: '#efb95a',
  met: '#7fd19b',
  band: '#252b31',
};

function variables(colours: Readonly<Record<PaletteRole, string>>, link: string, focus: string): string {
  const roles = (Object.keys(colours) as PaletteRole[]).map((role) => `--${role}: ${colours[role]};`).join(' ');
  return `${roles} --link: ${link}; --focus: ${focus};`;
}

const lightVariables = variables(light, '#0b4f94', '#0b4f94');
const darkVariables = variables(dark, '#8ec1f5', '#8ec1f5');

/** Follows what the reader's system prefers; paper is always light. */
const pageColours = `
:root { color-scheme: light dark; ${lightVariables} }
@media screen and (prefers-color-scheme: dark) { :root { ${darkVariables} } header .logo { background: #fff; padding: 0.375rem; } }
`;

/** Takes paper, ink and links from the theme of the editor; the status colours are ours, so that contrast holds. */
const editorColours = `
:root { ${lightVariables} }
body.vscode-dark { ${darkVariables} }
body.vscode-light, body.vscode-dark {
  --paper: var(--vscode-editor-background); --ink: var(--vscode-editor-foreground);
  --link: var(--vscode-textLink-foreground); --focus: var(--vscode-focusBorder);
}
body.vscode-dark { --rule: color-mix(in srgb, var(--ink) 20%, var(--paper)); --band: color-mix(in srgb, var(--ink) 10%, var(--paper)); --quiet: color-mix(in srgb, var(--ink) 78%, var(--paper)); }
body.vscode-high-contrast {
  --paper: var(--vscode-editor-background); --ink: var(--vscode-editor-foreground); --quiet: var(--ink); --rule: var(--vscode-contrastBorder, var(--ink));
  --target: var(--ink); --below: var(--ink); --warning: var(--ink); --met: var(--ink); --band: transparent;
  --link: var(--vscode-textLink-foreground); --focus: var(--vscode-contrastActiveBorder, var(--vscode-focusBorder));
}
`;

const drawingColours = (Object.keys(palette) as PaletteRole[])
  .map((role) => `.fill-${role} { fill: var(--${role}); } .stroke-${role} { stroke: var(--${role}); }`)
  .join('\n');

const sheet = `
:root { --small: 0.75rem; --normal: 0.875rem; --large: 1.625rem; }
* { box-sizing: border-box; }
html { font-size: 16px; -webkit-text-size-adjust: 100%; }
body { margin: 0; padding: 0 2rem; background: var(--paper); color: var(--ink); font: 400 var(--normal)/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif; font-variant-numeric: tabular-nums lining-nums; overflow-wrap: anywhere; }
.page { max-width: 76rem; margin: 0 auto; }
a { color: var(--link); text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: 2px; }
/* Links into the text are nearly everywhere: underlined, but in the colour of the text. */
a.place { color: inherit; text-decoration-color: var(--quiet); }
a:hover { text-decoration-thickness: 2px; }
a:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 0.5rem; background: var(--paper); padding: 0.25rem 0.5rem; z-index: 1; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.quiet { color: var(--quiet); }
code { font: inherit; font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; font-size: 0.92em; }

header { padding: 1.75rem 0 0.875rem; }
header .organization { margin: 0; color: var(--quiet); font-size: var(--small); }
header .logo { float: right; width: auto; height: auto; max-width: 12rem; max-height: 3.5rem; margin: 0 0 0.5rem 1.5rem; }
h1 { margin: 0.125rem 0 0; font-size: var(--large); font-weight: 600; line-height: 1.2; letter-spacing: -0.01em; }
header .subtitle { margin: 0.25rem 0 0; }
header .about { margin: 0.25rem 0 0; color: var(--quiet); font-size: var(--small); }
nav.contents { margin: 0.625rem 0 0; font-size: var(--small); }
nav.contents ul { display: flex; flex-wrap: wrap; gap: 0.125rem 1.125rem; margin: 0; padding: 0; list-style: none; max-width: none; }

h2, h3, h4, h5, h6 { margin: 0 0 0.375rem; font-size: var(--normal); font-weight: 650; line-height: 1.3; break-after: avoid; }
h3, h4, h5, h6 { font-weight: 600; }
section.level-2 { border-top: 1px solid var(--accent, var(--ink)); padding-top: 0.5rem; margin-top: 1.75rem; }
section.level-3, section.level-4, section.level-5 { margin-top: 1.125rem; }
section.no-heading { margin-top: 0; }
p, ul, ol, dl { margin: 0 0 0.625rem; max-width: 46rem; }
p.lead { font-weight: 600; }
ul, ol { padding-left: 1.125rem; }
li { margin: 0.125rem 0; }
dl.definitions { display: grid; grid-template-columns: minmax(5.5rem, max-content) minmax(0, 1fr); gap: 0.125rem 1.25rem; }
dl.definitions dt { color: var(--quiet); max-width: 14rem; }
dl.definitions dd { margin: 0; }
.callout { margin: 0 0 0.75rem; padding: 0.125rem 0 0.125rem 0.75rem; border-left: 3px solid var(--rule); max-width: 46rem; }
.callout.attention { border-left-color: var(--below); }

.status { white-space: nowrap; font-weight: 600; }
.status.below { color: var(--below); } .status.warning { color: var(--warning); } .status.met { color: var(--met); }
.status.too-small, .status.no-data { color: var(--quiet); font-weight: 400; }
.status.worded { white-space: normal; }

.scroll { position: relative; overflow-x: auto; margin: 0 0 0.875rem; }
table { width: 100%; border-collapse: collapse; margin: 0; }
caption { caption-side: top; text-align: left; padding: 0 0 0.25rem; color: var(--ink); }
th, td { padding: 0.25rem 0.875rem 0.25rem 0; text-align: left; vertical-align: baseline; border-bottom: 1px solid var(--rule); font-weight: 400; }
th:last-child, td:last-child { padding-right: 0.125rem; }
thead th { overflow-wrap: break-word; color: var(--quiet); font-size: var(--small); line-height: 1.3; vertical-align: bottom; border-bottom-color: var(--quiet); }
.end { text-align: right; }
.narrow { width: 1%; white-space: nowrap; }
thead .narrow { white-space: normal; }
.wide { width: 40%; }
.unit { color: var(--quiet); }
tr.group th { padding-top: 0.625rem; font-weight: 600; border-bottom-color: var(--quiet); break-after: avoid; }
tr.group .quiet { font-weight: 400; }
tbody:first-of-type tr.group th { padding-top: 0.375rem; }
tr.total > * { border-top: 1px solid var(--ink); font-weight: 600; }
td.drawing-cell { padding-top: 0.0625rem; padding-bottom: 0.0625rem; vertical-align: middle; }
table.dense { font-size: var(--small); }
table.dense th, table.dense td { padding: 0.125rem 0.375rem 0.125rem 0; }
table.dense th:last-child, table.dense td:last-child { padding-right: 0; }
table.dense.few th, table.dense.few td { padding-right: 1.25rem; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
:target { background: color-mix(in srgb, var(--link) 14%, transparent); }

figure { margin: 0 0 1.5rem; max-width: 47rem; break-inside: avoid; }
figure.whole-page { max-width: none; }
figure > .scroll > svg.drawing { max-width: none; }
figure .scroll { margin: 0.25rem 0 0; }
table.dense.few { width: auto; min-width: 22rem; }
figcaption { margin: 0 0 0.25rem; font-weight: 600; max-width: 46rem; }
svg.drawing { display: block; max-width: 100%; height: auto; }
td svg.drawing { display: inline-block; vertical-align: middle; max-width: none; }
svg.drawing text { font-family: inherit; font-variant-numeric: tabular-nums; }

.key-figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 0.75rem 1.5rem; margin: 0 0 0.25rem; max-width: none; padding: 0.625rem 0 0; border-top: 1px solid var(--ink); }
.key-figures dt { color: var(--quiet); font-size: var(--small); }
.key-figures dd { margin: 0; }
.key-figures .value { font-size: var(--large); font-weight: 600; line-height: 1.2; letter-spacing: -0.01em; }
.key-figures .whole { color: var(--quiet); }
.key-figures .note { font-size: var(--small); line-height: 1.35; }

table.heat { table-layout: fixed; }
table.heat th[scope="row"] { width: auto; }
table.heat td { border-bottom: 2px solid var(--paper); border-left: 2px solid var(--paper); padding: 0.25rem 0.5rem; background: var(--band); }
table.heat .level-2 th { padding-left: 1.25rem; }
table.heat .counts { display: flex; flex-wrap: wrap; gap: 0 0.75rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
table.heat .gap-1 { background: color-mix(in srgb, var(--below) 12%, var(--paper)); }
table.heat .gap-2 { background: color-mix(in srgb, var(--below) 24%, var(--paper)); }
table.heat .gap-3 { background: color-mix(in srgb, var(--below) 36%, var(--paper)); }
table.heat .gap { font-weight: 650; }
.legend { display: flex; flex-wrap: wrap; gap: 0.125rem 1.125rem; margin: 0.375rem 0 0.75rem; padding: 0; list-style: none; font-size: var(--small); color: var(--quiet); max-width: none; }
.legend li { margin: 0; }

/* The line to sign on stands above what it is for. */
.signatures { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: 1.5rem 2.5rem; max-width: 46rem; margin: 1rem 0; }
.signatures p { margin: 0; }
.signatures .line { margin-top: 2.75rem; padding-top: 0.125rem; border-top: 1px solid var(--ink); color: var(--quiet); font-size: var(--small); }

footer { margin: 2rem 0 1.5rem; padding-top: 0.5rem; border-top: 1px solid var(--rule); color: var(--quiet); font-size: var(--small); }
footer p { margin: 0 0 0.25rem; max-width: none; }
.page-break { display: none; }

@media screen and (min-width: 60rem) {
  .layout-two-columns, .layout-three-columns, .layout-wide-and-narrow { display: grid; column-gap: 2.5rem; align-items: start; }
  .layout-two-columns { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
  .layout-three-columns { grid-template-columns: repeat(3, minmax(0, 1fr)); }
  .layout-wide-and-narrow { grid-template-columns: minmax(0, 1.7fr) minmax(0, 1fr); }
  .layout-two-columns > h2, .layout-three-columns > h2, .layout-wide-and-narrow > h2 { grid-column: 1 / -1; }
}
@media screen and (max-width: 48rem) { .narrow code { white-space: normal; overflow-wrap: break-word; } }
@media screen and (max-width: 40rem) { body { padding: 0 1rem; } th[scope="row"]:not(.narrow) { min-width: 6.5rem; } td:not(.narrow) { min-width: 4.5rem; } thead td { min-width: 0; } table.heat { table-layout: auto; } table.heat td { min-width: 0; } table.heat .counts { white-space: normal; } }

@media print {
  :root { --small: 7.5pt; --normal: 9pt; --large: 17pt; }
  html { font-size: 12pt; }
  body { padding: 0; }
  .page { max-width: none; }
  .skip, nav.contents { display: none; }
  header { padding-top: 0; }
  a { color: inherit; text-decoration: none; }
  a[href^="http"] { text-decoration: underline; }
  .scroll { overflow: visible; }
  figure > .scroll > svg.drawing { max-width: 100%; }
  .together, table.short, table.heat { break-inside: avoid; }
  .page-break { display: block; break-after: page; }
  .key-figures { grid-template-columns: repeat(auto-fit, minmax(1.1in, 1fr)); }
  table.heat td, .callout, svg.drawing { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  p, li { orphans: 3; widows: 3; }
}
@media (forced-colors: active) {
  .status, .key-figures .value { color: CanvasText; }
  [class*="fill-"] { fill: CanvasText; } .fill-paper, .fill-band { fill: Canvas; } [class*="stroke-"] { stroke: CanvasText; }
}
`;

/**
 * @param footLeft CSS string printed at the foot of every page beside the page number.
 * Where the organization has no paper of its own, A4 and Letter are the reader's choice; the margins hold for both.
 */
export function styleSheet(mode: 'standalone' | 'editor', footLeft: string, { paper, accent }: Look = {}): string {
  const size = paper === undefined ? '' : ` size: ${paper === 'A4' ? 'A4' : 'letter'};`;
  // Chosen for white paper: in the dark the ink stays.
  const own = accent !== undefined && /^#[0-9a-f]{6}$/i.test(accent) ? `@media print, screen and (prefers-color-scheme: light) { :root { --accent: ${accent}; } }\n` : '';
  const foot = `${own}@page {${size} margin: 16mm 15mm 18mm; @bottom-left { content: ${footLeft}; font: 7pt system-ui, sans-serif; color: #5c656e; width: 82%; } @bottom-right { content: counter(page) " / " counter(pages); font: 7pt system-ui, sans-serif; color: #5c656e; } }`;
  return `${mode === 'editor' ? editorColours : pageColours}${drawingColours}\n${sheet}\n${foot}\n`;
}
