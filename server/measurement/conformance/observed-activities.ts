import type { ObservedFlow } from '../../../language/model/declarations.ts';
import { stepId } from '../../analysis/conformance/observed-net.ts';

/** What a source says of which steps its records show. */
export interface ObservedActivities {
  /** Texts of rows, each with the steps it stands for. */
  readonly texts: ReadonlyMap<string, readonly string[]>;
  /** Fields that hold a moment, with the step each of them shows. */
  readonly fields: readonly { readonly field: string; readonly step: string }[];
  /** Steps as `process.node`. */
  readonly steps: ReadonlySet<string>;
}

/** Entries of an unfinished text are left out: what is missing in them is said elsewhere. */
export function observedActivities({ process, entries }: ObservedFlow): ObservedActivities {
  const texts = new Map<string, readonly string[]>();
  const fields: { field: string; step: string }[] = [];
  const steps = new Set<string>();
  for (const { text, field, step } of entries) {
    if (typeof step !== 'string') continue;
    const full = step.includes('.') ? step : stepId({ process, node: step });
    if (text !== undefined) texts.set(text, [...(texts.get(text) ?? []), full]);
    else if (field !== undefined) fields.push({ field, step: full });
    else continue;
    steps.add(full);
  }
  return { texts, fields, steps };
}
