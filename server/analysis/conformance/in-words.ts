import type { Model } from '../../../language/model/model.ts';
import type { CountedDeviation } from './conformance.ts';
import type { StepName } from './observed-net.ts';

/** A step as people know it: “Approve in the weekly meeting”, else its name. */
export function stepInWords({ process, node }: StepName, model: Model): string {
  return `“${model.get('Process', process)?.nodes.find(({ name }) => name === node)?.title ?? node}”`;
}

/** `3 × “Approve” was skipped, and “Implement” was done next` */
export function deviationInWords({ kind, step, activity, beside, cases }: CountedDeviation, model: Model): string {
  const what = step === undefined ? `“${activity ?? ''}”` : stepInWords(step, model);
  const other = beside === undefined ? undefined : stepInWords(beside, model);
  switch (kind) {
    case 'skipped': return `${cases} × ${what} was skipped${other === undefined ? '' : `, mostly before ${other}`}`;
    case 'extra': return `${cases} × ${what} was done where the flow does not have it${other === undefined ? '' : `, mostly after ${other}`}`;
    case 'unknown': return `${cases} × ${what}, which the flow does not have`;
    case 'early': return `${cases} × ${what} was done too early${other === undefined ? '' : `, mostly before ${other}`}`;
    case 'late': return `${cases} × ${what} was done too late${other === undefined ? '' : `, mostly after ${other}`}`;
  }
}
