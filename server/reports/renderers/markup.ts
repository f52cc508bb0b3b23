/**
 * Builds HTML and SVG text so that nothing can be left unescaped: a string is always text, and markup only ever comes
 * from {@link element}. Names of tags and attributes are the program's own, never data.
 */

const made = Symbol('markup');

export interface Markup {
  readonly [made]: string;
}

export type Content = Markup | string | undefined | readonly Content[];

/** `undefined` and `false` leave the attribute out, `true` writes its bare name. Inline styles do not exist. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined> & { style?: never }>;

const voidTags: ReadonlySet<string> = new Set(['meta', 'link', 'br', 'hr', 'img', 'col', 'wbr']);
const validName = /^[A-Za-z][A-Za-z0-9:-]*$/;

export function element(tag: string, attributes: Attributes = {}, ...children: Content[]): Markup {
  if (!validName.test(tag)) throw new Error(`Not the name of an element: ${tag}`);
  const written = Object.entries(attributes)
    .map(([name, value]) => {
      if (value === undefined || value === false) return '';
      if (!validName.test(name) || name === 'style' || name.startsWith('on')) throw new Error(`Not an attribute to be written: ${name}`);
      return value === true ? ` ${name}` : ` ${name}="${escapeText(String(value))}"`;
    })
    .join('');
  return { [made]: voidTags.has(tag) ? `<${tag}${written}>` : `<${tag}${written}>${serialize(children)}</${tag}>` };
}

/** A style sheet or script of the program's own inside its element; refuses text that could end the element. */
export function ownText(tag: 'style' | 'script', attributes: Attributes, text: string): Markup {
  if (/<[/!]/.test(text)) throw new Error(`A ${tag} may not hold "</" or "<!"`);
  return { [made]: String(serialize(element(tag, attributes))).replace(`></${tag}>`, () => `>${text}</${tag}>`) };
}

/** The text of the markup; strings are escaped. */
export function serialize(content: Content): string {
  if (content === undefined) return '';
  if (typeof content === 'string') return textWithIsolation(content);
  if (isMarkup(content)) return content[made];
  return content.map(serialize).join('');
}

function isMarkup(content: Markup | readonly Content[]): content is Markup {
  return made in content;
}

// Marks that change the direction of what follows, and letters written from right to left.
const direction = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]|[\ud802-\ud803\ud83a-\ud83b]/;

const directionMarks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text where no element may stand (a title, the text of a drawing): marks of direction are taken out instead of isolated. */
export function bareText(text: string): Markup {
  return { [made]: escapeText(text.replace(directionMarks, '')) };
}

/** Text that could turn the direction of its neighbours is kept to itself. */
function textWithIsolation(text: string): string {
  return direction.test(text) ? `<bdi>${escapeText(text)}</bdi>` : escapeText(text);
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

// eslint-disable-next-line no-control-regex -- control characters may not stand in HTML
const notAllowed = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufdd0-\ufdef\ufffe\uffff]/g;

/** Escapes for text and quoted attributes alike; what may not stand in HTML becomes the replacement character. */
export function escapeText(text: string): string {
  return text.toWellFormed().replace(notAllowed, '\ufffd').replace(/[&<>"']/g, (character) => escapes[character] ?? character);
}

/** A CSS string of any text: every character that is not plainly harmless as its number (the space that ends a number is not part of the text). */
export function cssString(text: string): string {
  const safe = text.toWellFormed().replace(/[^A-Za-z0-9 .,:()-]/gu, (character) => `\\${(character.codePointAt(0) ?? 0xfffd).toString(16).padStart(6, '0')} `);
  return `"${safe}"`;
}
