/**
 * Whether an address may become a link: to a page, to write to somebody, or to a file beside the document, and nothing that could run. A file is
 * named relative to the document, with all but plain characters escaped, so that nothing in front of a colon could be a scheme.
 */
export function safeUrl(url: string): boolean {
  return /^(?:https?:\/\/|mailto:)[^\s]+$/i.test(url) || /^(?:[\w.~!'()*-]|%[0-9A-F]{2})+(?:\/(?:[\w.~!'()*-]|%[0-9A-F]{2})+)*$/i.test(url);
}

/** A link to a file by its path with `/` as separator. */
export function fileUrl(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
