import { z } from 'zod';
import { configurationSchema } from '../../project/configuration.ts';
import { backTestResultSchema } from './back-test.ts';
import { checkResultSchema } from './check.ts';
import { conformanceResultSchema } from './conformance.ts';
import { diffResultSchema } from './diff.ts';
import { feasibilityResultSchema } from './feasibility.ts';
import { flowsResultSchema } from './flows.ts';
import { impactResultSchema } from './impact.ts';
import { documentsResultSchema } from './documents.ts';
import { measureResultSchema, measureRowsResultSchema } from './measure.ts';
import { questionsResultSchema } from './questions.ts';
import { requirementsResultSchema } from './requirements.ts';
import { manifestSchema } from '../../reports/audit-pack/manifest.ts';
import { verifyResultSchema } from './verify.ts';

const schemas = {
  'itsms.config': configurationSchema,
  'audit-pack-manifest': manifestSchema,
  'back-test': backTestResultSchema,
  check: checkResultSchema,
  conformance: conformanceResultSchema,
  diff: diffResultSchema,
  documents: documentsResultSchema,
  feasibility: feasibilityResultSchema,
  flows: flowsResultSchema,
  impact: impactResultSchema,
  measure: measureResultSchema,
  'measure-rows': measureRowsResultSchema,
  questions: questionsResultSchema,
  requirements: requirementsResultSchema,
  verify: verifyResultSchema,
} as const;

/** Everything that is read or printed as JSON, as JSON Schema (draft 2020-12), by file name. */
export function jsonSchemas(): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [`${name}.schema.json`, z.toJSONSchema(schema, { io: 'input' })]));
}
