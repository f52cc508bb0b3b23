/** Status is shown by shape, letter and words together with colour, so that it survives greyscale print and colour blindness. */
import type { Status } from './blocks.ts';
import { message } from './words/words.ts';

export interface StatusMark {
  readonly shape: '■' | '▲' | '●' | '○';
  readonly letter: 'R' | 'A' | 'G' | '';
  /** A message, said by the words of a language. */
  readonly words: string;
}

const marks: Readonly<Record<Status, StatusMark>> = {
  below: { shape: '■', letter: 'R', words: message('below target') },
  warning: { shape: '▲', letter: 'A', words: message('on target, past the warning threshold') },
  met: { shape: '●', letter: 'G', words: message('on target') },
  'too-small': { shape: '○', letter: '', words: message('sample too small') },
  'no-data': { shape: '○', letter: '', words: message('not known') },
};

/** Shape, letter and words for a status. */
export function statusMark(status: Status): StatusMark {
  return marks[status];
}

const order: readonly Status[] = ['below', 'warning', 'no-data', 'too-small', 'met'];

/** Sorts what needs attention first. */
export function compareStatus(left: Status, right: Status): number {
  return order.indexOf(left) - order.indexOf(right);
}
