import { checkMapped, type RecordDemand } from '../assessment/records.ts';
import { addFact, placeOf, shortfall, type Remark } from '../assessment/remark.ts';
import { each, type RecordCheck, type RecordsPart, type RuleContext } from '../assessment/rule.ts';
import { counted, listed, named, quantityOf } from '../assessment/wording.ts';

/** Something that is recommended for all records of a kind. */
export interface RecordAdvice extends Pick<RecordDemand, 'name' | 'where' | 'meets' | 'fields' | 'of' | 'lacks'> {
  /** Completing “it cannot be told whether …”, where a source maps too little. */
  readonly question: string;
  /** One record that meets it is enough; left out: all of them should. */
  readonly some?: true;
}

interface AdviceOptions {
  /** The recommendation, `G.8.5.1.3.1`. */
  readonly id: string;
  readonly kind: string;
  readonly plural: string;
  readonly advice: (context: RuleContext) => readonly RecordAdvice[];
}

/**
 * Advice on all records of a kind. Where no source brings any, a requirement's rule says so; where nothing was measured, nothing is known
 * and nothing is said. A source that maps too little for an answer is told what to map.
 */
export function advisedRecords({ id, kind, plural, advice }: AdviceOptions): RecordsPart {
  const checkOf = ({ name, where, meets, fields }: RecordAdvice): RecordCheck => ({ id: `${id}/${name}`, recordKind: kind, ...(where === undefined ? {} : { where }), meets, fields });
  return {
    demand: { recordKind: kind, checks: (context) => advice(context).map(checkOf) },
    parts: each('Source', {
      where: ({ recordKind }) => recordKind === kind,
      none: null,
      check: (source, context) =>
        advice(context).flatMap((one): readonly Remark[] => {
          const place = placeOf(source);
          const { missing } = checkMapped(source, one.fields, { row: id, plural });
          if (missing.length > 0) {
            return [
              shortfall(`Source ${named(source)} maps no ${listed(missing.map((field) => `“${field}”`), 'or')}, so it cannot be told whether ${one.question}.`, {
                place,
                fixes: missing.map((field) => addFact(`Map “${field}”`, place, `map ${field} = "\${1:TODO column}"`)),
              }),
            ];
          }
          const result = context.measurements?.ofCheck(`${id}/${one.name}`).find(({ source: measured }) => measured === source.name);
          const { population = 0, shortfall: lacking = 0, firstKeys = [] } = result ?? {};
          if (lacking === 0 || (one.some && lacking < population)) return [];
          if (one.some) return [shortfall(`None of ${counted(population, one.of, one.of)} ${one.lacks}.`, { place })];
          const keys = firstKeys.length === 0 ? '.' : `: ${firstKeys.slice(0, 5).join(', ')}${lacking > Math.min(5, firstKeys.length) ? ', …' : '.'}`;
          return [shortfall(`${quantityOf(lacking, population, one.of)} ${one.lacks}${keys}`, { place })];
        }),
    }),
  };
}
