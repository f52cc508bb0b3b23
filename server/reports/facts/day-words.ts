/** What falls due or happens on a day, in the language of the document. What names a party or a day of its own stays as it is. */
import { message, type Words } from '../words/words.ts';

const events: ReadonlySet<string> = new Set([
  message('action due'),
  message('agreement ends'),
  message('certificate ends'),
  message('continuity test planned'),
  message('contract ends'),
  message('due'),
  message('ends'),
  message('evidence no longer valid'),
  message('improvement due'),
  message('internal audit planned'),
  message('next one due'),
  message('next test due'),
  message('no longer valid'),
  message('objective to be reached'),
  message('planned'),
  message('removal of the service'),
  message('review due'),
  message('transfer of the service'),
  message('at least once a year'),
  message('the certificate ends'),
  message('Gap analysis'),
  message('Internal audit'),
  message('Management review'),
  message('Reassessment'),
  message('Recertification audit'),
  message('Stage 1 audit'),
  message('Stage 2 audit'),
  message('Surveillance audit'),
  message('Check of the system'),
]);

/** `review due`, `Stage 2 audit`, `planned, by …`. */
export function eventInWords(words: Words, event: string): string {
  const [, first = event, party] = /^(due|planned), by (.+)$/.exec(event) ?? [];
  const said = events.has(first) ? words.say(first) : first;
  return party === undefined ? said : words.say('{0}, by {1}', said, party);
}
