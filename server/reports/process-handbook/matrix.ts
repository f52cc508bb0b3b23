/** Who does what over all processes: activities by parties (RACI). */
import type { FlowNode, Process } from '../../../language/model/declarations.ts';
import type { Model } from '../../../language/model/model.ts';
import type { Block, Cell, Row } from '../blocks.ts';
import { column, list, paragraph, section, words as text } from '../block-builders.ts';
import { titleById, titleOf } from '../facts/names.ts';
import type { ReportInput } from '../report.ts';
import { raciLetters, raciOf, type Raci } from './process-facts.ts';

/** So many parties are read beside each other on a page. */
const mostColumns = 7;

interface Activity {
  readonly process: Process;
  readonly node: FlowNode;
  readonly raci: Raci;
}

export function matrixSections({ model, words }: ReportInput, processes: readonly Process[]): readonly Block[] {
  const activities = processes.flatMap((process) => process.nodes.flatMap((node): Activity[] => {
    const raci = raciOf(node);
    return raci === undefined ? [] : [{ process, node, raci }];
  }));
  if (activities.length === 0) return [];
  const parties = partiesOf(model, activities);
  const chunks = Array.from({ length: Math.ceil(parties.length / mostColumns) }, (_, index) => parties.slice(index * mostColumns, (index + 1) * mostColumns));
  const nobody = activities.filter(({ raci }) => raciLetters.every((letter) => raci[letter].length === 0));
  return [
    section(
      words.say('Who does what (RACI)'),
      [
        paragraph(
          words.say(
            'R carries out, A answers for it, C is asked, I is told. {0} of {1}; {2}.',
            words.count(activities.length, '{0} activity', '{0} activities'),
            words.count(new Set(activities.map(({ process }) => process)).size, '{0} process', '{0} processes'),
            words.count(parties.length, '{0} role, team or person', '{0} roles, teams and people'),
          ),
        ),
        ...chunks.map((chunk, index): Block => ({
          kind: 'table',
          density: 'dense',
          ...(chunks.length === 1 ? {} : { caption: [words.say('{0} to {1} of {2} roles, teams and people; activities in which one of them has a part', index * mostColumns + 1, index * mostColumns + chunk.length, parties.length)] }),
          columns: [column(words.say('Activity'), 'text', { width: 'wide' }), ...chunk.map((party) => column(titleById(model, 'Party', party), 'text', { width: 'narrow' }))],
          rows: rowsFor(activities, chunk),
        })),
        ...(nobody.length === 0 ? [] : [paragraph(words.say('Nobody is named for:')), list(nobody.map(({ process, node }) => [`${titleOf(process)}: ${titleOf(node)}`]))]),
      ],
      { anchor: 'raci' },
    ),
  ];
}

/** Parties in the order of their kinds, then by how much they have a part in. */
function partiesOf(model: Model, activities: readonly Activity[]): readonly string[] {
  const parts = new Map<string, number>();
  for (const { raci } of activities) for (const letter of raciLetters) for (const party of raci[letter]) parts.set(party, (parts.get(party) ?? 0) + 1);
  const kinds = ['Role', 'Team', 'Person', 'Customer', 'Supplier'] as const;
  const kindOf = (party: string): number => kinds.findIndex((kind) => model.get(kind, party) !== undefined);
  return [...parts].toSorted(([a, many], [b, others]) => kindOf(a) - kindOf(b) || others - many || (a < b ? -1 : 1)).map(([party]) => party);
}

function rowsFor(activities: readonly Activity[], parties: readonly string[]): readonly Row[] {
  const concerned = activities.filter(({ raci }) => raciLetters.some((letter) => raci[letter].some((party) => parties.includes(party))));
  return concerned.map(({ process, node, raci }, index): Row => ({
    ...(concerned[index - 1]?.process === process ? {} : { group: [titleOf(process)] }),
    cells: [text(titleOf(node)), ...parties.map((party): Cell => text(raciLetters.filter((letter) => raci[letter].includes(party)).join(' ')))],
  }));
}
