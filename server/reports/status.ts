/** Status is shown by shape, letter and words together with colour, so that it survives greyscale print and colour blindness. */
import type { Status } from './blocks.ts';

export interface StatusMark {
  readonly shape: '■' | '▲' | '●' | '○';
  readonly letter: 'R' | 'A' | 'G' | '';
  readonly words: string;
}

const marks: Readonly<Record<Status, StatusMark>> = {
  below: { shape: '■', letter: 'R', words: 'below target' },
  warning: { shape: '▲', letter: 'A', words: 'on target, past the warning threshold' },
  met: { shape: '●', letter: 'G', words: 'on target' },
  'too-small': { shape: '○', letter: '', words: 'sample too small' },
  'no-data': { shape: '○', letter: '', words: 'not known' },
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
