import type { EntityKey } from '../../../language/model/declarations.ts';
import type { Path } from '../../../language/model/fragment.ts';

/** Whether what an agreement promises can be kept by what it rests on; unknown where something that is needed is promised by nobody. */
export type FeasibilityVerdict = 'kept' | 'notKept' | 'unknown';

/** What is held against each other. */
export type FeasibilityCheckKind = 'availability' | 'time' | 'support-hours' | 'service-hours' | 'validity' | 'workload';

/** An agreement underneath that takes part, and the fact of it that does. */
export interface Link {
  readonly agreement: EntityKey;
  readonly path: Path;
  /** What it promises, and for which part: completes a related place. */
  readonly message: string;
}

/** What an agreement underneath would have to promise, all else as it is. */
export interface Remedy extends Link {
  /** Completes “it would have to …”. */
  readonly wanted: string;
}

/** One promise of an agreement, held against what it rests on. */
export interface FeasibilityCheck {
  readonly kind: FeasibilityCheckKind;
  readonly verdict: FeasibilityVerdict;
  /** Where the promise stands in its agreement. */
  readonly path: Path;
  /** The promise in words: `“uptime” (availability >= 99.8% per month)`. */
  readonly promise: string;
  /** One sentence: what follows, with the shortfall or what is left. */
  readonly summary: string;
  /** A few words for where there is little room: `41.2 min a month left`. */
  readonly margin: string;
  /** The arithmetic, step by step. */
  readonly steps: readonly string[];
  /** Those that fall short, the weakest first; of an availability that is not kept all that take part. */
  readonly links: readonly Link[];
  readonly remedies: readonly Remedy[];
  /** What nobody promises, by its key. */
  readonly unsupported: readonly EntityKey[];
  /** Pairs that cannot be held against each other, and why. */
  readonly notComparable: readonly string[];
  /** What remains (or, negative, lacks) in seconds: per period for availability and hours, of one case for times; null where that is not known. */
  readonly marginSeconds: string | null;
  readonly figures?: {
    readonly target: string;
    readonly atLeast: string;
    readonly atMost: string;
    /** Whether both are exact, else cut to 57 digits or bounded as `atLeast` and `atMost` say. */
    readonly exact: boolean;
    readonly period: string;
    readonly agreedSeconds: number;
  };
}

/** One promise that has been judged; what is said of it is worked out when somebody asks. */
export class Judgement {
  readonly verdict: FeasibilityVerdict;
  #word: () => FeasibilityCheck;
  #check: FeasibilityCheck | undefined;

  constructor(verdict: FeasibilityVerdict, word: () => FeasibilityCheck) {
    this.verdict = verdict;
    this.#word = word;
  }

  /** Of one that is worded as soon as it is judged. */
  static of(check: FeasibilityCheck): Judgement {
    return new Judgement(check.verdict, () => check);
  }

  get check(): FeasibilityCheck {
    return (this.#check ??= this.#word());
  }

  /** Whether all that anybody has seen of it holds of a later one too. */
  isSeenAs(later: Judgement): boolean {
    return this.verdict === later.verdict && (this.#check === undefined || JSON.stringify(this.#check) === JSON.stringify(later.check));
  }

  /** From now on says what a later one says. */
  follow(later: Judgement): void {
    this.#word = () => later.check;
  }
}

export interface AgreementFeasibility {
  readonly agreement: EntityKey;
  /** Of each check, in the same order. */
  readonly judgements: readonly Judgement[];
  /** In words, worked out when asked for. */
  readonly checks: readonly FeasibilityCheck[];
}

/** Checks in words: all that is printed or sent. */
export interface WordedFeasibility {
  readonly agreement: EntityKey;
  readonly checks: readonly FeasibilityCheck[];
}
