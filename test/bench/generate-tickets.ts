import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { seededRandom } from './random.ts';

export const ticketServices = 20;

/** Writes tickets of the 13 months before November 2026 as CSV, with instants in UTC. Same seed, same file. */
export async function writeTickets(path: string, count: number, seed = 20000): Promise<void> {
  const random = seededRandom(seed);
  const start = Date.UTC(2025, 9, 1) / 1000;
  const span = 396 * 86_400;
  const file = createWriteStream(path);
  let part = 'id,opened,responded,restored,priority,service\n';
  for (let index = 0; index < count; index++) {
    const opened = start + Math.floor(random() * span);
    const responded = opened + Math.floor(random() * 1800);
    const restored = responded + Math.floor(-Math.log(1 - random()) * 9000);
    part += `INC${String(index).padStart(8, '0')},${instant(opened)},${instant(responded)},${instant(restored)},${1 + Math.floor(random() * 2)},service-${Math.floor(random() * ticketServices)}\n`;
    if (part.length > 1_000_000) {
      if (!file.write(part)) await once(file, 'drain');
      part = '';
    }
  }
  file.end(part);
  await once(file, 'finish');
}

function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19) + 'Z';
}

/** A model that promises something about each service's tickets. Elapsed time: no support hours are named. */
export function ticketModel(): string {
  const services = Array.from({ length: ticketServices }, (_, index) => `service-${index}`);
  return `organization provider "Example Provider"
customer buyer "Buyer"
person owner "Owner"
priority P1 "Critical"
priority P2 "High"
${services.map((id) => `service ${id} { owner owner  customer buyer  status live }`).join('\n')}
source tickets of incident from "tickets.csv" {
  dates iso
  key id
  map opened = opened
  map responded = responded
  map restored = restored
  map priority = priority { "1" = P1  "2" = P2 }
  map service = service
}
${services.map((id) => `sla sla-${id} for ${id} with buyer {
  target p1-restore restore P1 within 4h for 95% per month from tickets
  target p2-restore restore P2 within 8h for 90% per month from tickets
}`).join('\n')}
`;
}
