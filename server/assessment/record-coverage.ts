import type { Place } from '../../language/model/finding.ts';
import { checkMapped, noSource } from './records.ts';
import { placeOf, shortfall, shown, unknown, type Remark } from './remark.ts';
import { system, type RecordsPart, type RuleContext } from './rule.ts';
import { firstOf, listed, quantityOf } from './wording.ts';

/** Something of which a record has to be there. */
export interface Covered {
  /** Unique within the row; the check is called `<row>/<name>`. */
  readonly name: string;
  /** As people know it. */
  readonly title: string;
  readonly place: Place;
  /** Which records speak of it. */
  readonly where: string;
  /** What at least one of them says. */
  readonly meets: string;
  /** Fields that a source has to map for an answer. */
  readonly fields: readonly string[];
}

export interface Coverage {
  readonly subjects: readonly Covered[];
  /** What they are, in the plural: `live services`. */
  readonly of: string;
  /** What those without any record lack, completing “2 of 10 live services …”: `have no record of demand since 2026-05-10`. */
  readonly lacks: string;
  /** What those lack of whose records none says enough: `have records of demand, but none with a forecast`. */
  readonly incomplete: string;
}

export interface CoverageOptions {
  readonly row: string;
  readonly kind: string;
  /** The records in the plural: `records of demand`. */
  readonly plural: string;
  readonly coverage: (context: RuleContext) => Coverage;
}

/** Asks that each of several things has a record of a kind, in any source. What has none is listed at the first source: how many of how many, and which. */
export function recordOfEach({ row, kind, plural, coverage }: CoverageOptions): RecordsPart {
  return {
    demand: {
      recordKind: kind,
      checks: (context) => coverage(context).subjects.map(({ name, where, meets, fields }) => ({ id: `${row}/${name}`, recordKind: kind, where, meets, fields })),
    },
    parts: [
      system((context): readonly Remark[] => {
        const sources = context.model.all('Source').filter(({ recordKind }) => recordKind === kind);
        const [first] = sources;
        if (!first) return [noSource(kind, plural, context)];
        const { subjects, of, lacks, incomplete } = coverage(context);
        if (subjects.length === 0) return [];
        const remarks: Remark[] = [];
        const fields = subjects.flatMap((subject) => subject.fields);
        const readable = sources.filter((source) => {
          const { missing, remarks: unmapped } = checkMapped(source, fields, { row, plural });
          remarks.push(...unmapped);
          return missing.length === 0;
        });
        if (readable.length === 0) return remarks;
        const measured = context.measurements;
        if (!measured) return [...remarks, unknown('evidenced', 'nothing has been measured yet'), unknown('effective', 'nothing has been measured yet')];
        const absent: Covered[] = [];
        const short: Covered[] = [];
        for (const subject of subjects) {
          const results = measured.ofCheck(`${row}/${subject.name}`).filter(({ population, shortfall: lacking }) => population !== undefined && lacking !== undefined);
          if (results.length === 0) return [...remarks, unknown('evidenced', `source ${listed(readable.map(({ name }) => name))} gave no answer`), unknown('effective', `source ${listed(readable.map(({ name }) => name))} gave no answer`)];
          if (results.every(({ population }) => population === 0)) absent.push(subject);
          else if (results.every(({ population, shortfall: lacking }) => population === lacking)) short.push(subject);
        }
        const gap = (found: readonly Covered[], what: string, axis: 'evidenced' | 'effective'): void => {
          if (found.length === 0) return;
          remarks.push(shortfall(`${quantityOf(found.length, subjects.length, of)} ${what}: ${firstOf(found.map(({ title }) => title))}.`, { place: placeOf(first), axis, related: found.map(({ place, title }) => ({ place, message: title })) }));
        };
        gap(absent, lacks, 'evidenced');
        gap(short, incomplete, 'effective');
        if (absent.length < subjects.length) remarks.push(shown('evidenced'));
        if (absent.length + short.length === 0) remarks.push(shown('effective'));
        return remarks;
      }),
    ],
  };
}
