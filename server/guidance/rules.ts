/** The checks of recommendations, of all clauses. They are off unless the project asks for them. */
import type { Rule } from '../assessment/rule.ts';
import * as context from './4-context.ts';
import * as leadership from './5-leadership.ts';
import * as planning from './6-planning.ts';
import * as support from './7-support.ts';
import * as operation from './8-1-planning.ts';
import * as portfolio from './8-2-service-portfolio.ts';
import * as relationship from './8-3-relationship.ts';
import * as supplyAndDemand from './8-4-supply-and-demand.ts';
import * as change from './8-5-change.ts';
import * as resolution from './8-6-resolution.ts';
import * as assurance from './8-7-assurance.ts';
import * as evaluation from './9-evaluation.ts';
import * as improvement from './10-improvement.ts';

/** A clause's file exports its checks and nothing else. */
const files: readonly Readonly<Record<string, Rule>>[] = [context, leadership, planning, support, operation, portfolio, relationship, supplyAndDemand, change, resolution, assurance, evaluation, improvement];

export const recommendationRules: readonly Rule[] = files.flatMap((file) => Object.values(file));
