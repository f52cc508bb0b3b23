/** States of texts for tests of comparing: without files and records, as of one day. */
import { createHash } from 'node:crypto';
import { ProjectModel } from '../../../language/model/project-model.ts';
import { dateFrom } from '../../../language/values/date.ts';
import { compareStates } from '../../../server/analysis/comparison/compare.ts';
import type { Comparison } from '../../../server/analysis/comparison/change.ts';
import { comparedState, type ComparedState } from '../../../server/analysis/comparison/state.ts';
import { AssessmentEngine } from '../../../server/assessment/engine.ts';
import type { Rule } from '../../../server/assessment/rule.ts';
import { builder } from '../../language/read-model.ts';

export const asOf = dateFrom('2026-11-10');

/** @param texts by file name, or one text. @param rules none unless the test is about requirements: they cost */
export function stateOf(texts: Readonly<Record<string, string>> | string, rules: readonly Rule[] = []): ComparedState {
  const model = new ProjectModel();
  for (const [file, text] of Object.entries(typeof texts === 'string' ? { 'model.itsms': texts } : texts)) model.update(file, builder.build(file, text));
  const engine = new AssessmentEngine(model, { asOf, rules, digest: (text) => createHash('sha256').update(text).digest('hex') });
  return engine.ask((context, approvals) => comparedState({ context, approvals, written: model, assessment: engine.assessment(), remarks: engine.remarks() }));
}

export function compareTexts(before: Parameters<typeof stateOf>[0], after: Parameters<typeof stateOf>[0], rules: readonly Rule[] = []): Comparison {
  return compareStates(stateOf(before, rules), stateOf(after, rules));
}

/** `agreements email-gold: target uptime tightened`: each difference as a line. */
export function differences({ changes }: Comparison): readonly string[] {
  return changes.flatMap(({ topic, effect, before, after, details }) => {
    const subject = `${topic} ${(after ?? before)?.id}`;
    return before && after ? details.map(({ what, effect: one, from }) => `${subject}: ${what} ${one}${from === undefined ? '' : ` from ${from}`}`) : [`${subject}: ${effect}`];
  });
}
