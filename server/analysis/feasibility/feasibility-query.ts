import { query, type Query, type RuleContext } from '../../assessment/rule.ts';
import type { AgreementFeasibility } from './check.ts';
import { FeasibilityStudy } from './study.ts';

/** Studies by the model that they look at, so that each takes up what changed since it last looked. */
const studies = new WeakMap<object, FeasibilityStudy>();

interface Looked {
  readonly study: FeasibilityStudy;
  /** Another number each time it looked: who reads it looks again, and takes from it what did not change. */
  toJSON(): number;
}

let looks = 0;

const lookedAt: Query<Looked> = query('what agreements rest on', ({ model, asOf }): Looked => {
  let study = studies.get(model);
  if (!study) studies.set(model, (study = new FeasibilityStudy()));
  study.look(model, asOf);
  const serial = ++looks;
  return { study, toJSON: () => serial };
});

interface Answered {
  readonly feasibility: AgreementFeasibility;
  /** One number for each answer: a study gives the same object as long as nothing changed. */
  toJSON(): number;
}

const serials = new WeakMap<AgreementFeasibility, number>();
const queries = new Map<string, Query<Answered | null>>();

function queryOf(agreement: string): Query<Answered | null> {
  let known = queries.get(agreement);
  if (!known) {
    known = query(`whether ${agreement} can be kept`, (context): Answered | null => {
      const feasibility = context.read(lookedAt).study.of(agreement);
      if (!feasibility) return null;
      const serial = serials.get(feasibility) ?? ++looks;
      serials.set(feasibility, serial);
      return { feasibility, toJSON: () => serial };
    });
    queries.set(agreement, known);
  }
  return known;
}

/**
 * Whether what an agreement promises can be kept by what it rests on. Who asks is asked again only when the answer for this agreement
 * changed. Undefined where there is no such agreement in force.
 */
export function feasibilityOf(agreement: string, context: RuleContext): AgreementFeasibility | undefined {
  return context.read(queryOf(agreement))?.feasibility;
}

/** The study of the state that the context shows; for those who ask once. */
export function feasibilityStudy(context: RuleContext): FeasibilityStudy {
  return context.read(lookedAt).study;
}
