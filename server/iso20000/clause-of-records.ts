/** Clauses whose processes keep records of a kind. */
export const clauseOfRecords: Readonly<Record<string, string>> = {
  incident: '8.6.1',
  'service-request': '8.6.2',
  problem: '8.6.3',
  'known-error': '8.6.3',
  change: '8.5.1',
  release: '8.5.3',
  outage: '8.7.1',
  'security-incident': '8.7.3',
  complaint: '8.3.2',
  survey: '8.3.2',
  cost: '8.4.1',
  demand: '8.4.2',
  asset: '8.2.5',
  'configuration-item': '8.2.6',
};

/** Whether a clause is another, or a part of it. */
export function isWithin(clause: string, outer: string): boolean {
  return clause === outer || clause.startsWith(`${outer}.`);
}
