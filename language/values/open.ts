/** What a proposed text leaves open for people to decide: the name `TODO` where a name stands, a text that begins with `TODO:` elsewhere. */
export const openName = 'TODO';

export function isOpen(text: string): boolean {
  // With the colon: “TODO” alone is what some tools call a state.
  return text === openName || text.startsWith(`${openName}:`);
}

/** The choices that an open text names: `TODO: dd/MM/yyyy or MM/dd/yyyy`. */
export function openChoices(text: string): readonly string[] {
  return text.startsWith(`${openName}:`) ? text.slice(openName.length + 1).split(' or ').map((choice) => choice.trim()) : [];
}
