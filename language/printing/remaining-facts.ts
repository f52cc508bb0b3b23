/**
 * The facts of a node that are still to be printed: of each property the values from a position on. Trying one way of the grammar
 * after another needs to go back, so it is never changed: taking a value gives a new one.
 */
export class RemainingFacts {
  readonly type: string;
  readonly #values: ReadonlyMap<string, readonly unknown[]>;
  readonly #taken: ReadonlyMap<string, number>;
  /** How many values were taken. */
  readonly count: number;

  private constructor(type: string, values: ReadonlyMap<string, readonly unknown[]>, taken: ReadonlyMap<string, number>, count: number) {
    this.type = type;
    this.#values = values;
    this.#taken = taken;
    this.count = count;
  }

  static of(node: PrintableNode): RemainingFacts {
    const values = new Map<string, readonly unknown[]>();
    for (const [property, value] of Object.entries(node)) {
      if (property.startsWith('$') || value === undefined || value === false) continue;
      if (!Array.isArray(value)) values.set(property, [value]);
      else if (value.length > 0) values.set(property, value);
    }
    return new RemainingFacts(node.$type, values, new Map(), 0);
  }

  /** The next value of a property, if there is one. */
  next(property: string): unknown {
    return this.#values.get(property)?.[this.#taken.get(property) ?? 0];
  }

  taking(property: string): RemainingFacts {
    return new RemainingFacts(this.type, this.#values, new Map(this.#taken).set(property, (this.#taken.get(property) ?? 0) + 1), this.count + 1);
  }

  get isEmpty(): boolean {
    for (const [property, values] of this.#values) if ((this.#taken.get(property) ?? 0) < values.length) return false;
    return true;
  }
}

/** A declaration or a part of one as plain data. */
export interface PrintableNode {
  readonly $type: string;
}

export function isNode(value: unknown): value is PrintableNode {
  return typeof value === 'object' && value !== null && '$type' in value && typeof value.$type === 'string';
}
