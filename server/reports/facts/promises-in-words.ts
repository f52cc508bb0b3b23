/** What agreements promise, in sentences: of the catalogue that a customer reads, and of the agreement that is signed. */
import type { Agreement, ServiceLevelTarget, WorkloadLimit } from '../../../language/model/declarations.ts';
import type { Model } from '../../../language/model/model.ts';
import { isElapsed } from '../../measurement/clock-tables.ts';
import { clockOf } from '../../measurement/target-clock.ts';
import { message, type Words } from '../words/words.ts';
import { titleById } from './names.ts';
import { lengthInWords, limitInWords, perPeriodInWords } from './quantities.ts';

/** A deed, of all records and of those of some priorities; {0} the priorities, {1} the time. */
const deeds: Readonly<Record<string, { readonly all: string; readonly some: string; readonly allOnAverage: string; readonly someOnAverage: string; readonly name: string; readonly nameOfSome: string }>> = {
  respond: { all: message('Response within {0}'), some: message('Response to {1} within {0}'), allOnAverage: message('Response within {0} on average'), someOnAverage: message('Response to {1} within {0} on average'), name: message('Response'), nameOfSome: message('Response to {0}') },
  restore: { all: message('Restoration within {0}'), some: message('Restoration of {1} within {0}'), allOnAverage: message('Restoration within {0} on average'), someOnAverage: message('Restoration of {1} within {0} on average'), name: message('Restoration'), nameOfSome: message('Restoration of {0}') },
  resolve: { all: message('Resolution within {0}'), some: message('Resolution of {1} within {0}'), allOnAverage: message('Resolution within {0} on average'), someOnAverage: message('Resolution of {1} within {0} on average'), name: message('Resolution'), nameOfSome: message('Resolution of {0}') },
  fulfil: { all: message('Fulfilment within {0}'), some: message('Fulfilment of {1} within {0}'), allOnAverage: message('Fulfilment within {0} on average'), someOnAverage: message('Fulfilment of {1} within {0} on average'), name: message('Fulfilment'), nameOfSome: message('Fulfilment of {0}') },
  close: { all: message('Closure within {0}'), some: message('Closure of {1} within {0}'), allOnAverage: message('Closure within {0} on average'), someOnAverage: message('Closure of {1} within {0} on average'), name: message('Closure'), nameOfSome: message('Closure of {0}') },
};

/** `Restoration of P1 within 4 hours`, `Availability`, `News on P1 at least every …`, the title of a metric. @param length how its time is written */
export function targetInWords(words: Words, model: Model, target: ServiceLevelTarget, length: typeof lengthInWords = lengthInWords): string {
  if (target.metric !== undefined) return titleById(model, 'Metric', target.metric);
  const priorities = words.list(target.priorities);
  switch (target.measure) {
    case 'availability':
      return target.weightedByUsers ? words.say('Availability, weighted by users') : words.say('Availability');
    case 'update':
      return newsInWords(words, target.priorities, target.interval ?? '', length);
    default: {
      const deed = deeds[target.measure ?? ''];
      if (deed === undefined) return target.name;
      const within = length(words, target.within ?? '');
      if (priorities === '') return words.say(target.onAverage ? deed.allOnAverage : deed.all, within);
      return words.say(target.onAverage ? deed.someOnAverage : deed.some, within, priorities);
    }
  }
}

/** What a target is about, without its time: `Restoration of P1`; undefined where it is about no deed. */
export function deedInWords(words: Words, target: ServiceLevelTarget): string | undefined {
  const deed = deeds[target.measure ?? ''];
  if (deed === undefined) return undefined;
  return target.priorities.length === 0 ? words.say(deed.name) : words.say(deed.nameOfSome, words.list(target.priorities));
}

/** What is told while something is open: `News on P1 at most 1 hour apart`. */
export function newsInWords(words: Words, priorities: readonly string[], interval: string, length: typeof lengthInWords = lengthInWords): string {
  const apart = length(words, interval);
  return priorities.length === 0 ? words.say('News at most {0} apart', apart) : words.say('News on {1} at most {0} apart', apart, words.list(priorities));
}

/** The threshold: `at least 95% per month`, `always`. */
export function promisedInWords(words: Words, target: ServiceLevelTarget): string {
  const period = perPeriodInWords(words, target.period ?? 'month');
  if (target.share !== undefined) return `${limitInWords(words, '>=', target.share)} ${period}`;
  if (target.value !== undefined) return `${limitInWords(words, target.comparison, target.value)} ${period}`;
  return target.onAverage ? `${limitInWords(words, '<=', target.within ?? '')} ${period}` : words.say('always');
}

export function workloadInWords(words: Words, { comparison, value, period }: WorkloadLimit): string {
  return `${limitInWords(words, comparison, value)} ${perPeriodInWords(words, period ?? 'month')}`;
}

/** The name of the hours that count for a target: that of its calendar, or elapsed time. */
export function clockInWords(words: Words, model: Model, target: ServiceLevelTarget, agreement: Agreement): string {
  const clock = clockOf(target, agreement);
  return isElapsed(clock) || clock === undefined ? words.say('all of the time') : titleById(model, 'Calendar', clock);
}
