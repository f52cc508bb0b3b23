import { alwaysCalendar } from '../../language/model/calendars.ts';
import type { Agreement } from '../../language/model/declarations.ts';
import { BusinessClock } from '../../language/values/business-clock.ts';
import { alwaysOpen } from '../../language/values/calendar.ts';
import { isProblem, type Problem } from '../../language/values/problem.ts';
import type { Clocks } from './clock-tables.ts';

export interface ServiceClocks {
  /** Service hours. */
  readonly hours: BusinessClock;
  /** Open at all times but the announced maintenance, where the agreement excepts it. */
  readonly besidesMaintenance: BusinessClock | undefined;
}

/** The windows are those of the service hours' calendar; if it announces none, those of the support hours'. */
export function serviceClocks(calendar: string | undefined, agreement: Agreement, exceptsMaintenance: boolean, clocks: Clocks): ServiceClocks | Problem {
  const hours = clocks.clock(calendar ?? alwaysCalendar);
  if (isProblem(hours)) return hours;
  if (!exceptsMaintenance) return { hours, besidesMaintenance: undefined };
  const support = agreement.supportHours === undefined ? hours : clocks.clock(agreement.supportHours);
  if (isProblem(support)) return support;
  const announced = [hours, support].find((clock) => clock.calendar.definition.maintenance.length > 0);
  if (announced === undefined) return { hours, besidesMaintenance: undefined };
  const { definition, timeZone } = announced.calendar;
  // Holidays close the hours of the other calendar, not this one.
  const besides = { definition: { ...alwaysOpen(timeZone.id), maintenance: definition.maintenance }, timeZone, regions: [] };
  return { hours, besidesMaintenance: new BusinessClock(besides, { withoutMaintenance: true }) };
}
