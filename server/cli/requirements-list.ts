import { catalogue } from '../../language/catalogue/catalogue.ts';
import type { RequirementsResult } from './schemas/requirements.ts';

export function requirementsList(): RequirementsResult {
  return catalogue.demands.map(({ id, clause, title, checkKind }) => ({ id, clause, title, checkKind, rule: null, fixture: null, page: null }));
}
