/**
 * The only script of the editor's page: tells the extension what was clicked or chosen, and keeps the place on the page.
 * It runs under the page's nonce and reads nothing but data attributes and the values of the page's own inputs.
 */
export const webviewScript = `(() => {
  'use strict';
  const api = acquireVsCodeApi();
  const keep = (more) => api.setState({ ...api.getState(), ...more });
  const chosen = () => Object.fromEntries([...document.querySelectorAll('select[data-choice]')].filter((select) => select.value !== '').map((select) => [select.dataset.choice, select.value]));
  const choose = (choices) => {
    keep({ choices });
    api.postMessage({ type: 'choose', choices });
  };
  document.addEventListener('click', (event) => {
    const hit = event.target instanceof Element ? event.target.closest('a[data-file], a[data-rows], button[data-export], button[data-show-all]') : null;
    if (!hit) return;
    event.preventDefault();
    if (hit.dataset.file !== undefined) api.postMessage({ type: 'open', file: hit.dataset.file, line: Number(hit.dataset.line), column: Number(hit.dataset.column) });
    else if (hit.dataset.rows !== undefined) api.postMessage({ type: 'rows', figure: JSON.parse(hit.dataset.rows) });
    else if (hit.dataset.export !== undefined) api.postMessage({ type: 'export' });
    else choose({});
  });
  document.addEventListener('change', (event) => {
    if (event.target instanceof HTMLSelectElement && event.target.dataset.choice !== undefined) choose(chosen());
  });
  document.addEventListener('submit', (event) => event.preventDefault());
  window.addEventListener('message', (event) => {
    const message = event.data;
    if (!message || message.type !== 'update' || typeof message.html !== 'string') return;
    const next = new DOMParser().parseFromString(message.html, 'text/html');
    const focused = document.activeElement && document.activeElement.id;
    // The first heading or figure in sight keeps its place, whatever comes or goes above it.
    const marks = [...document.querySelectorAll('main [id]')];
    const mark = marks.find((element) => element.getBoundingClientRect().bottom > 0);
    const before = mark && mark.getBoundingClientRect().top;
    const scroll = window.scrollY;
    document.body.replaceChildren(...next.body.children);
    const same = mark && document.getElementById(mark.id);
    window.scrollTo(0, same && scroll > 0 ? window.scrollY + same.getBoundingClientRect().top - before : scroll);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  });
  let waiting = false;
  window.addEventListener('scroll', () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      keep({ scroll: window.scrollY });
    });
  });
  const state = api.getState() || {};
  if (typeof state.scroll === 'number') window.scrollTo(0, state.scroll);
  api.postMessage({ type: 'ready' });
})();`;
