/**
 * The only script of the editor's page: tells the extension which place in the text was clicked, and keeps the scroll
 * position. It runs under the page's nonce and reads nothing but data attributes.
 */
export const webviewScript = `(() => {
  'use strict';
  const api = acquireVsCodeApi();
  const state = api.getState() || {};
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[data-file]') : null;
    if (!link) return;
    event.preventDefault();
    api.postMessage({ type: 'open', file: link.dataset.file, line: Number(link.dataset.line), column: Number(link.dataset.column) });
  });
  window.addEventListener('message', (event) => {
    const message = event.data;
    if (!message || message.type !== 'update' || typeof message.html !== 'string') return;
    const next = new DOMParser().parseFromString(message.html, 'text/html');
    const focused = document.activeElement && document.activeElement.id;
    if (next.title) document.title = next.title;
    document.body.replaceChildren(...next.body.children);
    if (focused) document.getElementById(focused)?.focus();
  });
  let waiting = false;
  window.addEventListener('scroll', () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      api.setState({ ...api.getState(), scroll: window.scrollY });
    });
  });
  if (typeof state.scroll === 'number') window.scrollTo(0, state.scroll);
})();`;
