import { everyRecord, isFieldMapped, type RecordDemand } from '../assessment/records.ts';
import type { RecordsPart, RuleContext } from '../assessment/rule.ts';
import { closurePeriod } from './closure.ts';

const closure = closurePeriod('8.3.2');

/** Expressions that tell which complaints are late: by the time that each was due or, where it says none, by the target for all. */
export interface ComplaintTarget {
  /** That an open complaint is not yet late. */
  readonly young: string;
  /** That a closed complaint was closed in time. */
  readonly inTime: string;
  /** Fields that a source has to map for these. */
  readonly fields: readonly string[];
  /** The target for all, for people. */
  readonly words: string;
}

/** By when a complaint is to be closed: as the process of clause 8.3.2 says, else the default. */
export function complaintTarget(context: RuleContext): ComplaintTarget {
  const declared = context.read(closure);
  const planned = context.plannedInterval('8.3.2.8', 1);
  const within = declared === undefined ? `${planned.months}mo` : `${declared.within}${declared.clock}`;
  const words = declared === undefined ? `${within}, ${planned.words.replace(/^.*?, /, '')}` : within;
  const [young, inTime] = [`as-of - received <= ${within}`, `closed - received <= ${within}`];
  if (!isFieldMapped('complaint', 'due', context)) return { young, inTime, fields: ['received', 'closed'], words };
  return {
    young: `((due is not empty and due >= as-of) or (due is empty and ${young}))`,
    inTime: `((due is not empty and closed <= due) or (due is empty and ${inTime}))`,
    fields: ['received', 'closed', 'due'],
    words: `the day each was due, else ${words}`,
  };
}

export function complaints(row: string, demands: (context: RuleContext) => readonly RecordDemand[]): RecordsPart {
  return everyRecord({ row, kind: 'complaint', plural: 'complaints', demands });
}
