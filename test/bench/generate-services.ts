import { seededRandom } from './random.ts';

export interface ServiceModel {
  readonly files: readonly { readonly file: string; readonly text: string }[];
  readonly services: number;
  readonly dependencies: number;
}

/**
 * A provider's services in four layers, each resting on the next: what customers buy, applications, platforms, infrastructure. Mostly a
 * service rests on its neighbours, sometimes on anything; one in ten dependencies is a choice of two.
 */
export function generateServices(count: number, dependencies: number, seed = 7): ServiceModel {
  const random = seededRandom(seed);
  const below = (most: number): number => Math.floor(random() * most);
  const layers = [0.1, 0.4, 0.3, 0.2].map((share) => Math.round(count * share));
  const starts = layers.map((_, index) => layers.slice(0, index).reduce((sum, size) => sum + size, 0));
  const perService = (dependencies * 1.165) / (count - layers[3]!);
  let made = 0;
  const lines: string[][] = [[], [], [], []];
  for (const [layer, size] of layers.entries()) {
    for (let at = 0; at < size; at++) {
      const facts: string[] = [];
      const next = layers[layer + 1];
      if (next !== undefined) {
        const wanted = Math.floor(perService) + (random() < perService % 1 ? 1 : 0);
        const near = Math.floor((at / size) * next);
        const one = (): string => `s${starts[layer + 1]! + (random() < 0.97 ? (near + below(12)) % next : below(next))}`;
        const names = [...new Set(Array.from({ length: wanted }, one))];
        made += names.length;
        const choice = random() < 0.2 && names.length > 3 ? names.splice(0, 2) : [];
        if (names.length > 0) facts.push(`depends on ${names.join(', ')}`);
        if (choice.length > 0) facts.push(`depends on any of ${choice.join(', ')}`);
      } else facts.push(`site site${below(20)}`);
      const id = starts[layer]! + at;
      lines[layer]!.push(`service s${id} "Service ${id}" { ${facts.join('  ')} }`);
      const nines = ['99.9', '99.95', '99.99', '99.995', '99.999'][Math.min(4, layer + below(2))]!;
      lines[layer]!.push(
        layer === 0
          ? `sla sla${id} for s${id} with customer${below(40)} { support hours office  target uptime availability >= 99.5% per month  target p1 restore P1 within 8h for 90% per month in always }`
          : layer === 3
            ? `contract contract${id} with supplier${below(60)} for s${id} { support hours always  target uptime availability >= ${nines}% per month  target p1 restore P1 within 2h for 95% per month in always }`
            : `ola ola${id} by team${below(50)} for s${id} { support hours office  target uptime availability >= ${nines}% per month  target p1 restore P1 within 4h for 95% per month in always }`,
      );
    }
  }
  const people = ['organization acme "ACME" { sites ' + Array.from({ length: 20 }, (_, at) => `site${at}`).join(', ') + ' }', 'priority P1', 'calendar office { timezone Europe/London  open Mon-Fri 08:00-18:00  holidays GB-ENG }'];
  for (let at = 0; at < 60; at++) people.push(`supplier supplier${at}`, `team team${at}`, `customer customer${at}`);
  const files = lines.flatMap((list, layer) => {
    const parts: { file: string; text: string }[] = [];
    for (let from = 0; from < list.length; from += 200) parts.push({ file: `layer${layer}-${from / 200}.itsms`, text: `${list.slice(from, from + 200).join('\n')}\n` });
    return parts;
  });
  return { files: [{ file: 'people.itsms', text: `${people.join('\n')}\n` }, ...files], services: count, dependencies: made };
}
