import type { Report } from '../report.ts';

/** Parts of a declaration have names of their own, each once. */
export function checkUniqueNames(parts: readonly { readonly name: string }[], property: string, noun: string, report: Report): void {
  const seen = new Set<string>();
  parts.forEach(({ name }, index) => {
    if (seen.has(name)) report.error('repeated-name', [property, index, 'name'], `There is another ${noun} called “${name}” here: give this one a name of its own.`);
    seen.add(name);
  });
}
