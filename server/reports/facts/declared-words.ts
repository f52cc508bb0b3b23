/** Words that the language of models fixes, in the language of the document. Words of the modeller's own stay as they are. */
import { message, type Words } from '../words/words.ts';

const levels: Readonly<Record<string, string>> = { low: message('low'), medium: message('medium'), high: message('high') };

/** `high`, `medium`, `low`; other words as they are. */
export function levelInWords(words: Words, level: string): string {
  const known = levels[level];
  return known === undefined ? level : words.say(known);
}

const statuses: Readonly<Record<string, string>> = {
  planned: message('planned'),
  live: message('live'),
  retiring: message('being retired'),
  transferring: message('being transferred'),
  retired: message('retired'),
};

/** How a service stands; one without a status counts as live. */
export function serviceStatusInWords(words: Words, status: string | undefined): string {
  const known = statuses[status ?? 'live'];
  return known === undefined ? (status ?? '') : words.say(known);
}

const agreementTypes: Readonly<Record<string, string>> = { sla: message('Service level agreement'), ola: message('Operational level agreement'), contract: message('Contract') };

export function agreementTypeInWords(words: Words, type: string): string {
  const known = agreementTypes[type];
  return known === undefined ? type : words.say(known);
}

const grades: Readonly<Record<string, string>> = { major: message('major'), minor: message('minor'), observation: message('observation') };

/** How grave a nonconformity is. */
export function gradeInWords(words: Words, grade: string): string {
  const known = grades[grade];
  return known === undefined ? grade : words.say(known);
}

const improvementStates: Readonly<Record<string, string>> = { proposed: message('proposed'), approved: message('approved'), planned: message('planned'), implemented: message('implemented'), rejected: message('rejected') };

/** How an improvement stands; also a control, which is planned, implemented or rejected. */
export function improvementStateInWords(words: Words, status: string): string {
  const known = improvementStates[status];
  return known === undefined ? status : words.say(known);
}
