/** The contrast of a colour (`#rrggbb`) to white paper, from 1 to 21 (WCAG 2.2, contrast ratio). */
export function contrastToWhite(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0) + 0.05);
}

/** What text needs (WCAG 2.2, level AA). */
export const leastContrast = 4.5;
