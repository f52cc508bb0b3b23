import type { Process } from '../../../language/model/declarations.ts';
import type { Model } from '../../../language/model/model.ts';
import type { RuleContext } from '../../assessment/rule.ts';
import { firstOf } from '../../assessment/wording.ts';
import { callingFlow, neverEndingProcesses, type CallingFlow, type NeverEnding } from './calls.ts';
import { flowOf } from './flow.ts';
import type { FlowVerdict } from './flow-faults.ts';
import { verdictOf } from './flow-remarks.ts';
import { isLeast, mainTimeOfFlow, promiseChecks, type FlowTime, type PromiseCheck } from './flow-times.ts';
import { limitInWords } from './time-limits.ts';

/** What is known of a process's flow. */
export interface FlowStudy {
  readonly process: Process;
  readonly verdict: FlowVerdict;
  /** Set where it can never end because of what it calls. */
  readonly neverEnds: NeverEnding | undefined;
  /** Processes that it calls, also through others, and whose flows are not sound or not known to be. */
  readonly restsOn: readonly string[];
  /** The longest way by the limits of its steps; undefined where none states one. */
  readonly time: FlowTime | undefined;
}

/** A process is only as sound as what it calls. */
export function flowStudy(process: Process, model: Pick<Model, 'get'>): FlowStudy {
  const called = new Map([[process.name, process]]);
  for (const [, one] of called) {
    for (const node of one.nodes) {
      const next = node.$type === 'Step' ? model.get('Process', node.calls) : undefined;
      if (next && !called.has(next.name)) called.set(next.name, next);
    }
  }
  const flows = [...called.values()].flatMap((one): CallingFlow[] => {
    const flow = callingFlow(flowOf(one));
    return flow ? [flow] : [];
  });
  return {
    process,
    verdict: verdictOf(process),
    neverEnds: neverEndingProcesses(flows).find((one) => one.process === process.name && one.byCalls),
    restsOn: [...called.values()].flatMap((one) => (one !== process && one.nodes.length > 0 && verdictOf(one).kind !== 'sound' ? [one.name] : [])),
    time: mainTimeOfFlow(process, model),
  };
}

/** A flow with the promises of agreements that it has to keep. */
export interface PromisedFlow extends FlowStudy {
  readonly promises: readonly PromiseCheck[];
}

export function promisedFlows(context: RuleContext): readonly PromisedFlow[] {
  return context.model.all('Process').map((process) => ({ ...flowStudy(process, context.model), promises: promiseChecks(process, context) }));
}

/** `sound`, `not sound`, …: in one or a few words. */
export function verdictInWords({ process, verdict, neverEnds, restsOn }: FlowStudy): string {
  if (process.nodes.length === 0) return 'no flow';
  switch (verdict.kind) {
    case 'incomplete':
      return 'not proved: a name leads nowhere';
    case 'unknown':
      return 'not proved: too many states';
    case 'unsound':
      return 'not sound';
    case 'sound':
      if (neverEnds) return 'not sound: never ends';
      return restsOn.length === 0 ? 'sound' : `sound if ${firstOf(restsOn, 3)} ${restsOn.length === 1 ? 'is' : 'are'}`;
  }
}

/** Whether it is proved to run, with all that it calls. */
export function isProvedSound({ verdict, neverEnds, restsOn }: FlowStudy): boolean {
  return verdict.kind === 'sound' && neverEnds === undefined && restsOn.length === 0;
}

/** `sound · longest way 3h20min in office`; with a plus sign where something on the way states no limit or may happen again. */
export function studyInWords(study: FlowStudy): string {
  const { time } = study;
  if (!time) return verdictInWords(study);
  return `${verdictInWords(study)} · longest way ${limitInWords(time.limit)}${isLeast(time) ? ' at least' : ''}`;
}
