/** What a person chooses for a report by name: the same on the command line and in the editor's picks. */
import type { DeclarationType } from '../../language/model/declarations.ts';
import type { Model } from '../../language/model/model.ts';
import { titleOf } from './facts/names.ts';

interface KindOfChoice {
  readonly type: DeclarationType;
  readonly noun: string;
  readonly several: string;
  /** What a report is about where none is named; all of them in one document unless said. */
  readonly without?: string;
}

/** Declarations a report may be about, by the name of the parameter. */
export const choices = {
  customer: { type: 'Customer', noun: 'customer', several: 'customers' },
  process: { type: 'Process', noun: 'process', several: 'processes' },
  agreement: { type: 'Agreement', noun: 'agreement', several: 'agreements' },
  review: { type: 'ManagementReview', noun: 'management review', several: 'management reviews', without: 'The next one' },
} as const satisfies Readonly<Record<string, KindOfChoice>>;

export type ChoiceName = keyof typeof choices;

export function kindOfChoice(name: ChoiceName): KindOfChoice {
  return choices[name];
}

export const choiceNames = Object.keys(choices) as readonly ChoiceName[];

/** Ids of what was chosen. */
export type Chosen = { readonly [Name in ChoiceName]?: string };

/**
 * What a report is where nothing is chosen.
 * - `optional`: one document about all of them.
 * - `each-too`: the same, and where all reports are made also one for each of them.
 * - `each`: one document for each.
 */
export type Choice = 'optional' | 'each-too' | 'each';

/** What a person chooses for a report; the rest of its input follows from the project. */
export interface ReportParameters extends Readonly<Partial<Record<ChoiceName, Choice>>> {
  readonly period?: boolean;
  /** A revision, without which there is no report. */
  readonly since?: boolean;
  /** Whether it tells what changed since the baseline; nobody chooses that, the configuration names it. */
  readonly baseline?: boolean;
}

export interface NamedChoice {
  readonly id: string;
  readonly title: string;
}

/** What there is to choose from, in the order of the text. */
export function choicesOf(model: Model, name: ChoiceName): readonly NamedChoice[] {
  return model.all(choices[name].type).map((declaration) => ({ id: declaration.name, title: titleOf(declaration) }));
}

/**
 * For which choices a document is made. What a report does not ask for is not passed on to it.
 *
 * @param all whether all reports are made
 */
export function chosenFor(parameters: ReportParameters, asked: Chosen, model: Model, all: boolean): readonly Chosen[] {
  return choiceNames.reduce<readonly Chosen[]>(
    (made, name) => {
      const kind = parameters[name];
      if (kind === undefined) return made;
      const id = asked[name];
      if (id !== undefined) return made.map((chosen) => ({ ...chosen, [name]: id }));
      const each = kind === 'each' || (kind === 'each-too' && all) ? choicesOf(model, name).map((choice) => choice.id) : [];
      return made.flatMap((chosen) => [...(kind === 'each' ? [] : [chosen]), ...each.map((one) => ({ ...chosen, [name]: one }))]);
    },
    [{}],
  );
}
