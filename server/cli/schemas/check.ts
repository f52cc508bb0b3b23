import { z } from 'zod';

const position = z.int().min(1);
const place = {
  file: z.string().min(1).meta({ description: 'Relative to the project, with /; "." for the project itself' }),
  line: position,
  column: position,
  endLine: position,
  endColumn: position,
};
const axis = z.enum(['yes', 'no', 'unknown', 'notRequired']);

const fixEdit = z.strictObject({
  kind: z.enum(['replace', 'remove', 'addFact', 'addDeclaration']),
  ...place,
  text: z.string().optional().meta({ description: 'Placeholders for what people fill in are written ${1:like this}' }),
});

const finding = z.strictObject({
  code: z.string().min(1).meta({ description: 'A statement of the catalogue (8.3.3#1) or the name of a check (unknown-name)' }),
  requirements: z.array(z.string()).meta({ description: 'Catalogue rows the finding speaks of, such as 8.3.3.1' }),
  severity: z.enum(['error', 'warning', 'information', 'hint']),
  message: z.string().min(1),
  ...place,
  related: z.array(z.strictObject({ ...place, message: z.string() })),
  fixes: z.array(z.strictObject({ title: z.string().min(1), edits: z.array(fixEdit) })),
});

const requirement = z.strictObject({
  id: z.string(),
  applicability: z.enum(['applicable', 'notApplicable', 'later']),
  reason: z.string().optional().meta({ description: 'Why it does not apply, or only later' }),
  checked: z.boolean().meta({ description: 'Whether this version has a rule for the row; without one all axes are unknown' }),
  declared: axis.meta({ description: 'The model states it' }),
  evidenced: axis.meta({ description: 'A linked document or record exists and is valid on the day' }),
  effective: axis.meta({ description: 'Metrics meet their targets and no open finding contradicts it' }),
  waived: z.boolean().meta({ description: 'A gap that is accepted until a date; it stays a gap' }),
  waiver: z.strictObject({ until: z.string(), approvedBy: z.string(), reason: z.string() }).optional(),
  findings: z.int().nonnegative(),
});

/** What `itsms check --format json` prints. Lines and columns count from 1, the end is exclusive. */
export const checkResultSchema = z
  .strictObject({ asOf: z.iso.date(), findings: z.array(finding), requirements: z.array(requirement) })
  .meta({ title: 'Result of itsms check' });

export type CheckResult = z.infer<typeof checkResultSchema>;
