import { query, type Query, type RecordsPart, type RuleContext } from '../assessment/rule.ts';

/** A count of the records of a kind for each of some services. It asks for no source: it only uses those that are there. */
export interface CountByService extends RecordsPart {
  readonly row: string;
  readonly kind: string;
}

/** Sources of a kind that say of each record which service it concerns. */
const sourcesWithService = query('sources that map a service', ({ model }) =>
  model.all('Source').flatMap(({ name, recordKind, mappings }) => (mappings.some(({ field }) => field === 'service') ? [{ name, recordKind }] : [])),
);

/** @param days how far back records count, by the field that says when they were recorded; left out: all. */
export function countByService(row: string, kind: string, days: number | undefined, services: Query<readonly string[]>): CountByService {
  const recorded = kind === 'incident' || kind === 'service-request' ? 'opened' : 'recorded';
  return {
    row,
    kind,
    demand: {
      recordKind: kind,
      checks: (context) =>
        context.read(sourcesWithService).some(({ recordKind }) => recordKind === kind)
          ? context.read(services).map((service) => ({
              id: idOf(row, kind, service),
              recordKind: kind,
              where: `service = "${service}"${days === undefined ? '' : ` and as-of - ${recorded} <= ${days}d`}`,
              meets: 'service is not empty',
              fields: days === undefined ? ['service'] : ['service', recorded],
            }))
          : [],
    },
    parts: [],
  };
}

function idOf(row: string, kind: string, service: string): string {
  return `${row}/${kind}-${service}`;
}

/** Whether there are records of a service; undefined where a source would tell, but nothing was measured yet. */
export function hasRecordsOf({ row, kind }: CountByService, service: string, { read, measurements }: RuleContext): boolean | undefined {
  const sources = read(sourcesWithService).filter(({ recordKind }) => recordKind === kind);
  if (sources.length === 0) return false;
  if (!measurements) return undefined;
  return measurements.ofCheck(idOf(row, kind, service)).some(({ population }) => population !== undefined && population > 0);
}
