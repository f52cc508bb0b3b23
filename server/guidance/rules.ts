/** The checks of recommendations, of all clauses. They are off unless the project asks for them. */
import type { Rule } from '../assessment/rule.ts';
import * as context from './4-context.ts';
import * as leadership from './5-leadership.ts';
import * as planning from './6-planning.ts';
import * as evaluation from './9-evaluation.ts';
import * as improvement from './10-improvement.ts';

/** A clause's file exports its checks and nothing else. */
const files: readonly Readonly<Record<string, Rule>>[] = [context, leadership, planning, evaluation, improvement];

export const recommendationRules: readonly Rule[] = files.flatMap((file) => Object.values(file));
