/**
 * Colours of the charts, by what they mean. The charting library is given these values; in the drawing they stay as
 * plain attributes (so a drawing is right on white paper wherever it is shown) and each also becomes a class, by which
 * a page's style sheet gives it the colour of the theme.
 */
export const palette = {
  ink: '#1f2429',
  quiet: '#5c656e',
  rule: '#d5d9dd',
  paper: '#fffffe',
  target: '#3a4149',
  below: '#b3261e',
  warning: '#8a5a00',
  met: '#1b6e3c',
  band: '#e9ecef',
} as const;

export type PaletteRole = keyof typeof palette;

const roles = new Map<string, PaletteRole>((Object.keys(palette) as PaletteRole[]).map((role) => [palette[role], role]));

/** The class for a colour as `fill` or `stroke`, or undefined for a colour that is none of ours. */
export function paletteClass(property: 'fill' | 'stroke', colour: string): string | undefined {
  const role = roles.get(colour.toLowerCase());
  return role === undefined ? undefined : `${property}-${role}`;
}
