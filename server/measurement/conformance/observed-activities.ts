import type { ObservedFlow } from '../../../language/model/declarations.ts';
import { stepId } from '../../analysis/conformance/observed-net.ts';

/** What a source says of which steps its records show. */
export interface ObservedActivities {
  /** Texts of rows, each with the steps it stands for. */
  readonly texts: ReadonlyMap<string, readonly string[]>;
  /** Fields that hold a moment, each with the steps it may show. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
  /** Steps as `process.node`. */
  readonly steps: ReadonlySet<string>;
}

/** Entries of an unfinished text are left out: what is missing in them is said elsewhere. */
export function observedActivities({ process, entries }: ObservedFlow): ObservedActivities {
  const texts = new Map<string, readonly string[]>();
  const fields = new Map<string, readonly string[]>();
  const steps = new Set<string>();
  for (const { text, field, steps: named } of entries) {
    const full = named.filter((step) => typeof step === 'string').map((step) => (step.includes('.') ? step : stepId({ process, node: step })));
    if (full.length === 0) continue;
    if (text !== undefined) texts.set(text, full);
    else if (field !== undefined) fields.set(field, full);
    else continue;
    for (const step of full) steps.add(step);
  }
  return { texts, fields, steps };
}
