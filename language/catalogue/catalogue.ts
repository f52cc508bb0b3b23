import { z } from 'zod';
import requirementsData from './requirements.json' with { type: 'json' };

const text = z.string().min(1);
const rowId = z.string().regex(/^\d+(\.\d+)*\.[a-z0-9]+$/);

const plannedInterval = z.object({
  required: z.boolean(),
  basis: z.enum(['standard', 'product']).nullable(),
  suggestedMonths: z.number().int().positive().nullable(),
});

const requirementRow = z.object({
  id: rowId,
  clause: text,
  clauseTitle: text,
  title: text,
  kind: z.enum(['shall', 'note', 'permission']),
  statementId: text.nullable(),
  listItem: z.string().nullable(),
  amendment: z.string().nullable(),
  requirement: text,
  documentedInformation: z.object({ required: z.boolean(), mode: z.string().nullable(), documents: z.array(text) }),
  checkKind: z.enum(['structure', 'data', 'attestation']).nullable(),
  humanJudgement: z.enum(['none', 'adequacy', 'full']).nullable(),
  modelCheck: z.string().nullable(),
  entities: z.array(text),
  plannedInterval,
  appliesWhen: z.string().nullable(),
  severity: z.enum(['error', 'warning', 'information']).nullable(),
  severityReason: z.string().nullable(),
  auditEvidence: z.string().nullable(),
  keywords: z.array(z.string()),
  processIds: z.array(z.string()),
  confidence: z.enum(['high', 'medium', 'low']),
  confidenceNote: z.string().nullable(),
  neededBy: z.enum(['stage-1', 'stage-2']).nullable(),
});

const clause = z.object({
  clause: text,
  title: text,
  titleInStandard: z.boolean(),
  parent: z.string().nullable(),
  level: z.number().int(),
  intent: z.string().nullable(),
  basis: z.string().nullable(),
  ownRequirements: z.number().int(),
  requirementsBelow: z.number().int(),
});

const catalogueSchema = z.object({
  meta: z.object({
    title: text,
    standard: text,
    amendments: z.array(text),
    written: text,
    legalNote: text,
    intervalDefaults: z.object({
      contextReviewMonths: z.number(),
      internalAuditMonths: z.number(),
      managementReviewMonths: z.number(),
      systemCheckMonths: z.number(),
      reassessmentMonths: z.number(),
      surveillanceMonthsMax: z.number(),
    }),
  }),
  clauses: z.array(clause),
  statements: z.array(z.object({ id: text, requirementIds: z.array(rowId) })),
  requirements: z.array(requirementRow),
});

/** One row of the catalogue: a demand of ISO/IEC 20000-1 in our own words, and what to check for it. */
export type RequirementRow = z.infer<typeof requirementRow>;
export type Clause = z.infer<typeof clause>;

export interface Catalogue {
  readonly title: string;
  readonly standard: string;
  /** The day the catalogue was written, which serves as its version. */
  readonly version: string;
  readonly legalNote: string;
  readonly intervalDefaults: z.infer<typeof catalogueSchema>['meta']['intervalDefaults'];
  readonly clauses: readonly Clause[];
  readonly requirements: readonly RequirementRow[];
  /** The rows of kind *shall*: what a provider is assessed against. */
  readonly demands: readonly RequirementRow[];
  readonly statements: ReadonlyMap<string, readonly string[]>;
  row(id: string): RequirementRow | undefined;
  clause(id: string): Clause | undefined;
  /** Rows of a clause and of the clauses below it. */
  rowsUnder(clause: string): readonly RequirementRow[];
}

function load(): Catalogue {
  const data = catalogueSchema.parse(requirementsData);
  const rows = new Map(data.requirements.map((row) => [row.id, row]));
  const clauses = new Map(data.clauses.map((item) => [item.clause, item]));
  return {
    title: data.meta.title,
    standard: data.meta.standard,
    version: data.meta.written,
    legalNote: data.meta.legalNote,
    intervalDefaults: data.meta.intervalDefaults,
    clauses: data.clauses,
    requirements: data.requirements,
    demands: data.requirements.filter((row) => row.kind === 'shall'),
    statements: new Map(data.statements.map((statement) => [statement.id, statement.requirementIds])),
    row: (id) => rows.get(id),
    clause: (id) => clauses.get(id),
    rowsUnder: (id) => data.requirements.filter((row) => row.clause === id || row.clause.startsWith(`${id}.`)),
  };
}

/** The requirements catalogue that ships with the product. */
export const catalogue: Catalogue = load();
