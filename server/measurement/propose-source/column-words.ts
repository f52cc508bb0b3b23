/** The words in the name of a column, and how well they say what somebody is looking for. */

/** Words that say nothing of what a column holds: prefixes of tools, the kind of record it belongs to, “date”, “at”. */
const fillers: ReadonlySet<string> = new Set([
  'u', 'sys', 'dv', 'fields', 'field', 'custom', 'name', 'display', 'value', 'text', 'code', 'latest', 'current', 'the', 'of', 'and',
  'ticket', 'tickets', 'incident', 'incidents', 'problem', 'problems', 'change', 'changes', 'request', 'requests', 'case', 'issue', 'record', 'item', 'task', 'vorgang', 'outage', 'release',
  'date', 'time', 'datetime', 'timestamp', 'at', 'on', 'datum', 'zeit', 'zeitpunkt', 'uhrzeit', 'am', 'le', 'heure', 'fecha', 'hora', 'data', 'ora', 'tijd', 'tijdstip', 'dato', 'tid', 'czas', 'de', 'del', 'la', 'utc', 'gmt', 'local',
  'id', 'nr', 'no', 'complete',
]);

/** Words that turn a moment into a person, or a time into another. */
const turners: ReadonlySet<string> = new Set(['by', 'von', 'durch', 'par', 'por', 'da', 'door', 'count', 'anzahl', 'nombre', 'aantal']);

const known = new Map<string, readonly string[]>();

/** Lower case, without accents, cut at capitals and at whatever is no letter or digit. */
export function wordsOf(name: string): readonly string[] {
  let words = known.get(name);
  if (words === undefined) {
    words = name
      .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
      .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .replace(/ß/g, 'ss')
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== '');
    if (known.size > 10_000) known.clear();
    known.set(name, words);
  }
  return words;
}

/**
 * From 0, the column’s name does not say it, to 1. What is more in the name than in the phrase counts against it.
 *
 * @param phrases each some words, the most certain first
 */
export function nameScore(column: string, phrases: readonly string[]): number {
  const words = wordsOf(column);
  let best = 0;
  for (const [index, phrase] of phrases.entries()) {
    const wanted = wordsOf(phrase);
    if (!wanted.every((word) => words.includes(word))) continue;
    const more = words.filter((word) => !wanted.includes(word));
    const strange = more.filter((word) => !fillers.has(word)).length + more.filter((word) => turners.has(word)).length * 2;
    const score = wanted.length / (wanted.length + strange) - 0.02 * (more.length - strange) - 0.004 * Math.min(index, 20);
    if (score > best) best = score;
  }
  return Math.max(0, best);
}
