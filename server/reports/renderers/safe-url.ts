/** Whether an address may become a link: to a page or to write to somebody, and nothing that could run. */
export function safeUrl(url: string): boolean {
  return /^(?:https?:\/\/|mailto:)[^\s]+$/i.test(url);
}
