/** What priorities mean: whoever is promised something for one has to know when it is given. */
import type { Model } from '../../../language/model/model.ts';
import type { Cell, Table } from '../blocks.ts';
import { column, table, words as text } from '../block-builders.ts';
import { levelInWords } from '../facts/declared-words.ts';
import type { Words } from '../words/words.ts';

/** The declared ones among those named, in the order of the model; undefined where there is none. */
export function priorityTable(words: Words, model: Model, named: ReadonlySet<string>): Table | undefined {
  const priorities = model.all('Priority').filter(({ name }) => named.has(name));
  if (priorities.length === 0) return undefined;
  return table(
    [column(words.say('Priority'), 'text', { width: 'narrow' }), column(words.say('Name')), column(words.say('Given when'), 'text', { width: 'wide' })],
    priorities.map(({ name, title, conditions }): Cell[] => [
      text(name),
      text(title ?? ''),
      text(conditions.map(({ impact, urgency }) => words.say('impact is {0} and urgency is {1}', levelInWords(words, impact), levelInWords(words, urgency))).join('; ')),
    ]),
    { density: 'dense' },
  );
}
