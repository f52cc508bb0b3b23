import type { Model } from '../../../language/model/model.ts';
import type { CountedDeviation } from './conformance.ts';
import type { StepName } from './observed-net.ts';

/** A step as people know it: “Approve in the weekly meeting”, else its name. */
export function stepInWords({ process, node }: StepName, model: Model): string {
  return `“${model.get('Process', process)?.nodes.find(({ name }) => name === node)?.title ?? node}”`;
}

/** Several steps any of which may be meant. */
export function stepsInWords(steps: readonly StepName[], model: Model): string {
  return steps.map((step) => stepInWords(step, model)).join(' or ');
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

/** What tells that a case is finished. */
export function finishedInWords(finishedBy: string | undefined): string {
  if (finishedBy === undefined) return 'Nothing says whether a case is finished: all are taken as finished.';
  return finishedBy === 'condition' ? 'Which cases are finished is said by the source.' : `A case is finished when “${finishedBy}” is filled in.`;
}
