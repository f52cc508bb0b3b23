import type { Agreement, ServiceLevelTarget } from '../../language/model/declarations.ts';
import { isElapsed } from './clock-tables.ts';

/** The calendar whose clock measures a target; undefined: elapsed time. */
export function clockOf(target: ServiceLevelTarget, agreement: Agreement): string | undefined {
  const calendar = target.clock ?? (target.measure === 'availability' ? agreement.serviceHours : agreement.supportHours);
  return isElapsed(calendar) ? undefined : calendar;
}
