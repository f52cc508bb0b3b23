import { seededRandom } from './random.ts';

/**
 * Processes as text: blocks of steps in sequence, choices, side by side and loops, with duties and time limits, some calling others; one
 * in ten has an arrow bent, so that most of these are not sound.
 */
export function generateFlows(count: number, blocks: number, seed = 5): string {
  const random = seededRandom(seed);
  const below = (most: number): number => Math.floor(random() * most);
  const processes: string[] = [];
  for (let at = 0; at < count; at++) {
    const lines: string[] = [];
    let names = 0;
    const name = (): string => `n${names++}`;
    // Blocks are written from the end of the flow to its start.
    const step = (next: string): string => {
      const own = name();
      const calls = at > 0 && random() < 0.02 ? ` call p${below(at)}` : '';
      lines.push(`  step ${own} "Step ${own}" R desk A omar${calls === '' && random() < 0.6 ? ` within ${1 + below(120)}min` : ''}${calls} -> ${next}`);
      return own;
    };
    const block = (next: string, depth: number): string => {
      const kind = depth > 2 ? 0 : random();
      if (kind < 0.5) return step(next);
      const own = name();
      if (kind < 0.7) {
        lines.push(`  decide ${own} "Which?" ${[0, 1, 2].slice(0, 2 + below(2)).map((branch) => `b${branch} -> ${block(next, depth + 1)}`).join(' ')}`);
        return own;
      }
      if (kind < 0.85) {
        const meet = name();
        lines.push(`  join ${meet} -> ${next}`, `  fork ${own} -> ${[0, 1, 2].slice(0, 2 + below(2)).map(() => block(step(meet), depth + 1)).join(', ')}`);
        return own;
      }
      const again = name();
      lines.push(`  decide ${own} "Done?" yes -> ${next} no -> ${again} at most 2 times`);
      lines.push(`  step ${again} "Again" R desk A omar within 5min -> ${block(own, depth + 1)}`);
      return step(again);
    };
    let next = 'end';
    for (let one = 0; one < blocks; one++) next = block(next, 0);
    lines.push(`  step start "Start" R desk A omar -> ${next}`);
    const written = lines.reverse();
    if (random() < 0.1) {
      const bent = 1 + below(written.length - 1);
      written[bent] = written[bent]!.replace(/-> \S+?(?=,|$| )/, `-> n${below(names)}`);
    }
    processes.push(`process p${at} "Process ${at}" {\n${written.join('\n')}\n}\n`);
  }
  return `organization acme "ACME"\nperson omar "Omar Said"\nteam desk "Service desk"\n\n${processes.join('\n')}`;
}
