import { catalogue } from '../../language/catalogue/catalogue.ts';
import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { dateOf, intervalAfter } from '../assessment/dates.ts';
import { evidenceFault, evidenceFor, namesOfRow, validityInWords, type Fault } from '../assessment/evidence.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { placeOf, shortfall, shown, type Remark } from '../assessment/remark.ts';
import { collection, declareFixes, system, type RuleContext, type RulePart } from '../assessment/rule.ts';

type Attestation = DeclarationTypes['Attestation'];

export interface AttestedOptions {
  /** Whether the attestation says in words what is stated: for rows that nothing else in the model speaks of. */
  readonly statement?: boolean;
}

/**
 * Asks for an attestation: that a person states that the row is met. One counts that names the row or its clause, is by somebody, dated not
 * after the day, still valid (12 months if it does not say how long), and rests on evidence that counts on the day. What is wrong is said
 * at the latest attestation there is.
 */
export function attested(row: string, { statement = false }: AttestedOptions = {}): readonly RulePart[] {
  const found = catalogue.row(row);
  if (!found) throw new Error(`The catalogue has no row ${row}`);
  return [
    system((context): readonly Remark[] => {
      const attestations = attestationsOf(namesOfRow(found), context);
      const faults = attestations.map((attestation) => attestationFault(attestation, statement, context));
      if (faults.includes(undefined)) return [shown('evidenced')];
      const [fault] = faults;
      if (fault) return [shortfall(fault.message, { place: fault.place, axis: 'evidenced', fixes: fault.fixes ?? [] })];
      const states = statement ? ' states "${5:TODO what exactly is stated}"' : '';
      const known = evidenceFor(found, context).find((evidence) => evidenceFault(evidence, context) === undefined);
      const id = `evidence-${row.replaceAll('.', '-')}`;
      const evidence = known === undefined ? `evidence ${id} {\n  for iso20000:${row}\n  file "\${3:TODO path of what shows it}"\n  dated \${4:0000-00-00}\n}\n` : '';
      return [
        shortfall(`Nobody attests “${found.title}”, which a person has to judge: attest iso20000:${row} by WHO on DATE with EVIDENCE.`, {
          fixes: declareFixes(context, { title: `Attest “${found.title}”`, text: `${evidence}attest iso20000:${row} by \${1:TODO} on \${2:0000-00-00} with ${known?.name ?? id}${states}` }),
        }),
      ];
    }),
  ];
}

const attestationsByRequirement = collection('attestations by requirement', ['Attestation'], ({ $key, requirement }) => [[requirement, $key]]);

/** Attestations of any of the names, the latest first. */
export function attestationsOf(names: readonly string[], { collected, model }: RuleContext): readonly Attestation[] {
  const keys = new Set(names.flatMap((name) => collected(attestationsByRequirement, name)));
  const found = [...keys].map((key) => model.entity(key)?.node).filter((node) => node?.$type === 'Attestation');
  return found.sort((a, b) => (a.on > b.on ? -1 : a.on < b.on ? 1 : 0));
}

function attestationFault(attestation: Attestation, statement: boolean, context: RuleContext): Fault | undefined {
  const { model, asOf, evidenceValidity } = context;
  const fault = (message: string, ...path: (string | number)[]): Fault => ({ message, place: placeOf(attestation, ...path) });
  if (!isFilledIn(attestation.by)) return fault('This attestation does not say who states it.', 'by');
  const on = dateOf(attestation.on);
  if (on === undefined) return fault('This attestation is not dated.', 'on');
  if (on > asOf) return fault(`This attestation is dated ${on}, which is still to come.`, 'on');
  const end = intervalAfter(on, attestation.valid, evidenceValidity.months);
  if (end === undefined || end < asOf) return fault(`This attestation of ${on} held ${validityInWords(attestation.valid, evidenceValidity)}${end === undefined ? '' : `, until ${end}`}. Look at it again and state it anew.`, 'on');
  if (statement && !isFilledIn(attestation.statement)) return fault('This attestation does not say in words what is stated, and nothing else in the model speaks of it: states "…".', 'requirement');
  if (attestation.evidence.length === 0) return fault('This attestation rests on no evidence. Name what shows it: with EVIDENCE.', 'requirement');
  let first: Fault | undefined;
  for (const [index, id] of attestation.evidence.entries()) {
    const evidence = model.get('Evidence', id);
    const own = evidence ? evidenceFault(evidence, context) : fault(`No evidence is called ${id}.`, 'evidence', index);
    if (!own) return undefined;
    first ??= own;
  }
  return first;
}
