import { z } from 'zod';
import processesData from './processes.json' with { type: 'json' };

const text = z.string().min(1);

const step = z.object({
  id: text,
  name: text,
  type: text,
  raci: z.object({ R: z.array(z.string()), A: z.string().nullable(), C: z.array(z.string()), I: z.array(z.string()) }).nullable(),
  requirements: z.array(text),
  next: z.array(z.object({ to: text, when: z.string().nullable() })),
});

const processSchema = z.object({
  id: text,
  name: text,
  clauses: z.array(text),
  purpose: text,
  processOwner: text,
  inputs: z.array(z.object({ name: text, from: text })),
  outputs: z.array(z.object({ name: text, to: text })),
  steps: z.array(step),
});

/** A process that the standard takes for granted, with a flow and duties that do for most providers. */
export type CatalogueProcess = z.infer<typeof processSchema>;

/** The processes of a service management system, in the order of the standard. */
export const catalogueProcesses: readonly CatalogueProcess[] = z.object({ processes: z.array(processSchema) }).parse(processesData).processes;
