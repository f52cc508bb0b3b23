import type { LivePage } from '../../server/protocol.ts';

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/**
 * The page around what the server made. Its policy admits the one style and the one script that carry the nonce, and
 * nothing from anywhere: no remote resource, no inline style, no frame.
 */
export function framedPage(result: Pick<LivePage, 'html' | 'style' | 'script' | 'title'>, nonce: string): string {
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; img-src data:`;
  return [
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(result.title)}</title>`,
    `<style nonce="${nonce}">${result.style}</style>`,
    '</head>',
    `<body>${result.html}<script nonce="${nonce}">${result.script}</script></body>`,
    '</html>',
  ].join('\n');
}

/** A page with one sentence, where there is nothing else to show. */
export function messagePage(sentence: string): string {
  return [
    '<!DOCTYPE html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'">`,
    `<title>ITSMS</title></head><body><p>${escapeHtml(sentence)}</p></body></html>`,
  ].join('\n');
}
