import Holidays from 'date-holidays';
import { dayNumberOf, printDate, type DayNumber, type IsoDate } from './date.ts';
import { nearest } from './nearest.ts';
import { isProblem, problem, shown, type Problem } from './problem.ts';
import { minutesPerDay } from './week.ts';

/** A public holiday on one local date; a few begin or end within the day. */
export interface Holiday {
  readonly day: DayNumber;
  readonly name: string;
  /** 0 for nearly all. */
  readonly fromMinutes: number;
  /** 1440 for nearly all. */
  readonly toMinutes: number;
}

/** Public holidays of a country, or of a part of it. */
export interface HolidayRegion {
  /** ISO 3166-1 or 3166-2: `US`, `GB-ENG`, `DE-BY`; the library knows a few places within, as a third part: `DE-BY-A`. */
  readonly code: string;
  readonly name: string;
  /** Sorted by date. Holidays of several days, and those that spill into the year, come once per date. */
  inYear(year: number): readonly Holiday[];
}

const regions = new Map<string, HolidayRegion>();

/** The region with this code, or why there is none. Only days of type `public` count: bank, school and observance days are no days off. */
export function holidayRegion(code: string): HolidayRegion | Problem {
  const known = regions.get(code);
  if (known !== undefined) return known;
  if (code.length > 20) return problem(`${shown(code)} is not a region`);
  const [country = '', state, place, ...more] = code.split('-');
  const countries = library().getCountries('en');
  if (more.length > 0 || !Object.hasOwn(countries, country)) {
    const upper = code.toUpperCase();
    const better = upper === code ? regionInPlaceOf(country, countries) : isProblem(holidayRegion(upper)) ? undefined : upper;
    return problem(`${shown(code)} is not a country whose holidays are known: write its ISO 3166 code, such as GB-ENG, DE-BY or US`, better);
  }
  const countryName = countries[country]!;
  if (state === undefined) return remember(code, countryName, new Holidays(country));
  const states = library().getStates(country, 'en') ?? {};
  const stateCode = caseless(states, state);
  if (stateCode === undefined) {
    const near = nearest(state, Object.keys(states));
    return problem(`${countryName} has no part ${shown(state)} whose holidays are known`, near === undefined ? country : `${country}-${near}`.toUpperCase());
  }
  if (state !== state.toUpperCase()) return problem(`${shown(code)} is not a region: write its code in capitals`, code.toUpperCase());
  const stateName = states[stateCode]!;
  if (place === undefined) return remember(code, `${stateName}, ${countryName}`, new Holidays(country, stateCode));
  const places = library().getRegions(country, stateCode, 'en') ?? {};
  const placeCode = caseless(places, place);
  if (placeCode === undefined) return problem(`${stateName} has no part ${shown(place)} whose holidays are known`, `${country}-${state}`);
  return remember(code, `${places[placeCode]}, ${stateName}, ${countryName}`, new Holidays(country, stateCode, placeCode));
}

/** Codes and names of all countries and their first level of parts, for completion. */
export function holidayRegionCodes(): readonly { readonly code: string; readonly name: string }[] {
  const all: { code: string; name: string }[] = [];
  for (const [country, name] of Object.entries(library().getCountries('en'))) {
    all.push({ code: country, name });
    for (const [state, stateName] of Object.entries(library().getStates(country, 'en') ?? {})) {
      all.push({ code: `${country}-${state.toUpperCase()}`, name: `${stateName}, ${name}` });
    }
  }
  return all;
}

function library(): Holidays {
  return (sharedLibrary ??= new Holidays());
}

let sharedLibrary: Holidays | undefined;

/** Codes people write that ISO 3166 gives otherwise. */
const otherCodes: Readonly<Record<string, string>> = { UK: 'GB', EN: 'GB-ENG', ENG: 'GB-ENG', SCO: 'GB-SCT', USA: 'US', EL: 'GR' };

function regionInPlaceOf(country: string, countries: Readonly<Record<string, string>>): string | undefined {
  if (Object.hasOwn(otherCodes, country)) return otherCodes[country];
  return Object.entries(countries).find(([, name]) => name.toUpperCase() === country)?.[0];
}

function caseless(codes: Readonly<Record<string, string>>, wanted: string): string | undefined {
  return Object.keys(codes).find((code) => code.toLowerCase() === wanted.toLowerCase());
}

function remember(code: string, name: string, source: Holidays): HolidayRegion {
  const listed = new Map<number, readonly Holiday[]>();
  const listOf = (year: number): readonly Holiday[] => {
    let list = listed.get(year);
    if (list === undefined) listed.set(year, (list = [...publicHolidays(source, year)]));
    return list;
  };
  const inYear = (year: number): readonly Holiday[] => {
    const first = dayNumberOf(printDate({ year, month: 1, day: 1 }));
    const next = dayNumberOf(printDate({ year: year + 1, month: 1, day: 1 }));
    // The year before as well: a holiday of several days may pass New Year.
    return [...listOf(year - 1), ...listOf(year)]
      .filter(({ day }) => day >= first && day < next)
      .sort((a, b) => a.day - b.day || a.fromMinutes - b.fromMinutes);
  };
  const region: HolidayRegion = { code, name, inYear };
  regions.set(code, region);
  return region;
}

function* publicHolidays(source: Holidays, year: number): Iterable<Holiday> {
  for (const holiday of source.getHolidays(year, 'en')) {
    if (holiday.type !== 'public') continue;
    // `date` is the local date and time on the spot; `start` and `end` are moments, good for the length only.
    const match = /^(\d{4}-\d{2}-\d{2}) (\d{2}):(\d{2})/u.exec(holiday.date);
    if (match === null) continue;
    const firstDay = dayNumberOf(match[1] as IsoDate);
    const from = Number(match[2]) * 60 + Number(match[3]);
    const length = (holiday.end.getTime() - holiday.start.getTime()) / 60_000;
    // Days of a clock change have 23 or 25 hours: a length near whole days is whole days.
    const wholeDays = Math.round(length / minutesPerDay);
    const nearWhole = wholeDays > 0 && Math.abs(length - wholeDays * minutesPerDay) <= 120;
    const to = from === 0 && nearWhole ? wholeDays * minutesPerDay : from + length;
    for (let offset = 0; offset * minutesPerDay < to; offset++) {
      yield {
        day: (firstDay + offset) as DayNumber,
        name: holiday.name,
        fromMinutes: Math.max(0, from - offset * minutesPerDay),
        toMinutes: Math.min(minutesPerDay, to - offset * minutesPerDay),
      };
    }
  }
}
