import { z } from 'zod';
import crosswalkData from './crosswalk.json' with { type: 'json' };

const text = z.string().min(1);

const crosswalkSchema = z.object({
  itil4: z.array(z.object({ clause2018: text, itil4: z.array(text) })),
  managementSystemStandards: z.array(
    z.object({ clause2018: text, iso27001_2022: z.array(text), iso9001_2015: z.array(text), relation27001: text, relation9001: text }),
  ),
  processAreas2005: z.array(
    z.object({
      id: text,
      name: text,
      clause2005: text,
      kind: z.enum(['management', 'process-area']),
      clauses2018: z.array(text).min(1),
      processes: z.array(z.object({ name: text, clauses2018: z.array(text).min(1), processIds: z.array(text) })),
    }),
  ),
});

/** An area of the 2005 edition: one of its five process areas, or a part of its management system. */
export interface ProcessArea {
  readonly id: string;
  readonly name: string;
  /** Its clause in the 2005 edition. */
  readonly clause2005: string;
  readonly kind: 'management' | 'process-area';
  /** Clauses of the 2018 edition in which its subjects are found; each clause belongs to one area. */
  readonly clauses: readonly string[];
  /** Its processes, with the clauses of the 2018 edition about them. */
  readonly processes: readonly { readonly name: string; readonly clauses: readonly string[]; readonly processIds: readonly string[] }[];
}

/** Where the subject of a clause is found elsewhere. It is no proof of conformity with any of these. */
export interface ClauseElsewhere {
  /** ITIL 4 practices that support the clause. */
  readonly itil4: readonly string[];
  /** Clauses of ISO/IEC 27001:2022 about the same subject. */
  readonly iso27001: readonly string[];
  /** Clauses of ISO 9001:2015 about the same subject. */
  readonly iso9001: readonly string[];
  /** Process areas of the 2005 edition. */
  readonly areas2005: readonly string[];
}

let parsed: z.infer<typeof crosswalkSchema> | undefined;

/** Read when it is first asked for: an editor that starts does not need it. */
function crosswalk(): z.infer<typeof crosswalkSchema> {
  return (parsed ??= crosswalkSchema.parse(crosswalkData));
}

let areas: readonly ProcessArea[] | undefined;

/** The areas of the 2005 edition, in its order. */
export function processAreas(): readonly ProcessArea[] {
  return (areas ??= crosswalk().processAreas2005.map(({ clauses2018, processes, ...area }) => ({
    ...area,
    clauses: clauses2018,
    processes: processes.map(({ clauses2018: clauses, ...process }) => ({ ...process, clauses })),
  })));
}

/** The area to which a clause of the 2018 edition, or the clause above it, belongs. */
export function areaOfClause(clause: string): ProcessArea | undefined {
  return processAreas().find(({ clauses }) => clauses.some((one) => clause === one || clause.startsWith(`${one}.`)));
}

let byClause: Map<string, ClauseElsewhere> | undefined;

/** What the crosswalk says of a clause, or of the nearest clause above it that it speaks of. */
export function clauseElsewhere(clause: string): ClauseElsewhere | undefined {
  byClause ??= load();
  for (let at = clause; at !== ''; at = at.includes('.') ? at.slice(0, at.lastIndexOf('.')) : '') {
    const known = byClause.get(at);
    if (known) return known;
  }
  return undefined;
}

function load(): Map<string, ClauseElsewhere> {
  const { itil4, managementSystemStandards, processAreas2005 } = crosswalk();
  const clauses = new Set([...itil4, ...managementSystemStandards].map(({ clause2018 }) => clause2018));
  return new Map(
    [...clauses].map((clause) => {
      const standards = managementSystemStandards.find(({ clause2018 }) => clause2018 === clause);
      return [
        clause,
        {
          itil4: itil4.find(({ clause2018 }) => clause2018 === clause)?.itil4 ?? [],
          iso27001: standards?.iso27001_2022 ?? [],
          iso9001: standards?.iso9001_2015 ?? [],
          areas2005: processAreas2005.filter(({ clauses2018 }) => clauses2018.includes(clause)).map(({ name }) => name),
        },
      ];
    }),
  );
}
