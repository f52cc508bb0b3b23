/** What values of an export mostly mean, in the languages of {@link ./field-names.ts}. What is not listed is left to people. */
import { wordsOf } from './column-words.ts';

export type StateMeaning = 'new' | 'working' | 'waiting' | 'resolved' | 'closed' | 'cancelled';

const states: Readonly<Record<StateMeaning, readonly string[]>> = {
  waiting: ['awaiting', 'pending', 'on hold', 'hold', 'waiting', 'wait', 'suspended', 'paused', 'blocked', 'wartet', 'wartend', 'zurückgestellt', 'angehalten', 'en attente', 'suspendu', 'en espera', 'pendiente', 'suspendido', 'in attesa', 'sospeso', 'wachten', 'wacht', 'in de wacht', 'aguardando', 'pendente', 'wstrzymane'],
  cancelled: ['cancelled', 'canceled', 'withdrawn', 'rejected', 'duplicate', 'storniert', 'abgebrochen', 'zurückgezogen', 'abgelehnt', 'annulé', 'rejeté', 'cancelado', 'anulado', 'rechazado', 'annullato', 'respinto', 'geannuleerd', 'afgewezen', 'anulowane'],
  resolved: ['resolved', 'solved', 'fixed', 'restored', 'completed', 'complete', 'done', 'fulfilled', 'gelöst', 'behoben', 'erledigt', 'fertig', 'résolu', 'terminé', 'resuelto', 'solucionado', 'completado', 'risolto', 'completato', 'opgelost', 'gereed', 'afgehandeld', 'resolvido', 'concluído', 'rozwiązane'],
  closed: ['closed', 'geschlossen', 'abgeschlossen', 'beendet', 'fermé', 'clos', 'clôturé', 'cerrado', 'chiuso', 'gesloten', 'afgesloten', 'fechado', 'encerrado', 'zamknięte'],
  working: ['in progress', 'work in progress', 'wip', 'active', 'accepted', 'working', 'in bearbeitung', 'angenommen', 'en cours', 'en curso', 'en proceso', 'in corso', 'in lavorazione', 'in behandeling', 'em andamento', 'w toku'],
  new: ['new', 'open', 'opened', 'reopened', 'queued', 'logged', 'registered', 'submitted', 'assigned', 'to do', 'backlog', 'neu', 'offen', 'zugewiesen', 'nouveau', 'ouvert', 'assigné', 'nuevo', 'abierto', 'asignado', 'nuovo', 'aperto', 'assegnato', 'nieuw', 'toegewezen', 'novo', 'aberto', 'nowe', 'otwarte'],
};

export function stateMeaning(value: string): StateMeaning | undefined {
  // “Awaiting closure” waits, “not resolved” is not: the first meaning that fits in this order, and none of what is denied.
  if (/^(?:not|un|nicht|non|no)\b/i.test(value)) return undefined;
  for (const [meaning, phrases] of Object.entries(states) as [StateMeaning, readonly string[]][]) if (phrases.some((phrase) => says(value, phrase))) return meaning;
  return undefined;
}

/** The fixed words of fields and what exports write for them. */
const fixedWords: Readonly<Record<string, readonly string[]>> = {
  high: ['high', 'hoch', 'élevé', 'élevée', 'haut', 'haute', 'alto', 'alta', 'hoog', 'wysoki', 'wysoka'],
  medium: ['medium', 'moderate', 'mittel', 'moyen', 'moyenne', 'medio', 'media', 'midden', 'gemiddeld', 'médio', 'média', 'średni', 'średnia'],
  low: ['low', 'niedrig', 'gering', 'faible', 'bas', 'basse', 'bajo', 'baja', 'basso', 'bassa', 'laag', 'baixo', 'baixa', 'niski', 'niska'],
  standard: ['standard', 'standardänderung', 'estándar', 'padrão', 'standaard'],
  normal: ['normal', 'normale', 'normaal'],
  emergency: ['emergency', 'urgent', 'notfall', 'urgence', 'urgente', 'emergencia', 'emergenza', 'spoed', 'emergência'],
  successful: ['successful', 'success', 'erfolgreich', 'réussi', 'exitoso', 'riuscito', 'geslaagd', 'sucesso'],
  failed: ['failed', 'failure', 'unsuccessful', 'fehlgeschlagen', 'échec', 'échoué', 'fallido', 'fallito', 'mislukt', 'falhou'],
  'backed-out': ['backed out', 'rolled back', 'rollback', 'zurückgerollt', 'teruggedraaid'],
  unauthorized: ['unauthorized', 'unauthorised', 'nicht genehmigt'],
  passed: ['passed', 'bestanden', 'réussi', 'superato', 'geslaagd'],
  recorded: ['new', 'recorded', 'draft', 'registered', 'neu', 'nouveau', 'nuevo'],
  assessed: ['assess', 'assessed', 'assessment', 'bewertet'],
  approved: ['approved', 'authorized', 'authorised', 'scheduled', 'genehmigt', 'approuvé', 'aprobado'],
  rejected: ['rejected', 'abgelehnt', 'rejeté', 'rechazado'],
  implemented: ['implemented', 'implement', 'umgesetzt', 'implementado'],
  reviewed: ['review', 'reviewed', 'überprüft'],
  closed: ['closed', 'geschlossen', 'fermé', 'cerrado', 'gesloten'],
};

/** Which of the words a field takes a value stands for; undefined where none, or more than one. */
export function fixedWord(value: string, words: readonly string[]): string | undefined {
  const fitting = words.filter((word) => wordsOf(word).join(' ') === wordsOf(value).join(' ') || (fixedWords[word] ?? []).some((phrase) => says(value, phrase)));
  return fitting.length === 1 ? fitting[0] : undefined;
}

const truths: readonly string[] = ['true', 'yes', 'y', 't', '1', 'on', 'ja', 'wahr', 'oui', 'vrai', 'sí', 'si', 'verdadero', 'sì', 'vero', 'waar', 'sim', 'tak', 'x'];
const untruths: readonly string[] = ['false', 'no', 'n', 'f', '0', 'off', 'nein', 'falsch', 'non', 'faux', 'falso', 'nee', 'onwaar', 'não', 'nie'];

export function truthOf(value: string): 'true' | 'false' | undefined {
  const word = value.trim().toLowerCase();
  return truths.includes(word) ? 'true' : untruths.includes(word) ? 'false' : undefined;
}

/** The words of a phrase stand in a value one after the other. */
function says(value: string, phrase: string): boolean {
  return ` ${wordsOf(value).join(' ')} `.includes(` ${wordsOf(phrase).join(' ')} `);
}

/** Texts that never are values. */
const nothings: ReadonlySet<string> = new Set(['?', 'null', '(null)', '<null>', '\\n', '#n/a', 'n/a', 'nan', 'none', 'nil', '-', '--', '---', '–', '—', '.', 'undefined', '(empty)', '(leer)', '(vide)', '0000-00-00', '0000-00-00 00:00:00']);

export function meansNothing(text: string): boolean {
  return nothings.has(text.trim().toLowerCase());
}
