/** How values are printed for people, the same in every format. Nothing is rounded here: digits are only grouped. */

/** `20000` → `20,000`; `-1234.5` → `-1,234.5`. Text that is no number is printed as it is. */
export function groupDigits(value: string): string {
  const match = /^(-?)(\d+)(\.\d+)?$/.exec(value);
  if (match === null) return value;
  const [, sign = '', whole = '', fraction = ''] = match;
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction}`;
}

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** `2026-03` → `March 2026`, `2026-Q1` → `Q1 2026`, `2026` → `2026`, `2026-03-31` → `31 March 2026`. */
export function printPeriod(period: string): string {
  const match = /^(\d{4})(?:-(?:(Q[1-4])|(\d{2})(?:-(\d{2}))?))?$/.exec(period);
  if (match === null) return period;
  const [, year = '', quarter, month, day] = match;
  if (quarter !== undefined) return `${quarter} ${year}`;
  if (month === undefined) return year;
  const name = months[Number(month) - 1] ?? month;
  return day === undefined ? `${name} ${year}` : `${Number(day)} ${name} ${year}`;
}

/** For axes and heads: `2026-03` → `Mar`, and `Jan 26` where a year begins or a series does. */
export function printPeriodShort(period: string, withYear: boolean): string {
  const match = /^(\d{4})-(\d{2})$/.exec(period);
  if (match === null) return period;
  const name = (months[Number(match[2]) - 1] ?? '').slice(0, 3);
  return withYear ? `${name} ${(match[1] ?? '').slice(2)}` : name;
}

/** Labels for successive periods; the year stands with the first and with each January. */
export function periodLabels(periods: readonly string[]): string[] {
  return periods.map((period, index) => printPeriodShort(period, index === 0 || period.endsWith('-01')));
}

/** `1 gap`, `2 gaps`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${groupDigits(String(count))} ${count === 1 ? one : many}`;
}
