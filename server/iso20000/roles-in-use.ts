import type { DeclarationTypes } from '../../language/model/declarations.ts';
import type { RuleContext } from '../assessment/rule.ts';

type Role = DeclarationTypes['Role'];

/** Whether a process has the role do something, or it owns a process or a service. */
export function isInUse({ name }: Role, { model }: RuleContext): boolean {
  return model.referrers('Role', name).some(({ entity: { node } }) => {
    if (node.$type === 'Service') return node.owner === name;
    if (node.$type !== 'Process') return false;
    return node.owner === name || node.nodes.some((step) => dutiesIn(step).includes(name));
  });
}

function dutiesIn(node: DeclarationTypes['Process']['nodes'][number]): readonly string[] {
  switch (node.$type) {
    case 'Step':
      return [...node.responsible, ...node.accountable, ...node.consulted, ...node.informed];
    case 'Decision':
      return [...node.responsible, ...node.accountable];
    case 'Fork':
    case 'Join':
      return [];
  }
}

export function isHeld(role: Role, { model }: Pick<RuleContext, 'model'>): boolean {
  return role.holders.some((holder) => model.get('Person', holder) !== undefined);
}
