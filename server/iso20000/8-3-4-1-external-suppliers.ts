/** Clause 8.3.4.1, management of external suppliers. */
import type { Agreement, DeclarationTypes } from '../../language/model/declarations.ts';
import { parsePeriod } from '../../language/values/period.ts';
import { isProblem } from '../../language/values/problem.ts';
import { actionDone, filledIn } from '../assessment/actions.ts';
import { dateOf, intervalAfter, latestOf } from '../assessment/dates.ts';
import { hasDocumentOfKind } from '../assessment/documents.ts';
import { isFilledIn, someFilledIn } from '../assessment/filled-in.ts';
import { recordOfEach } from '../assessment/record-coverage.ts';
import { addDeclaration, addFact, placeOf, shortfall, shown, unknown, type Remark } from '../assessment/remark.ts';
import { each, query, rule, type Query, type Rule, type RuleContext, type RulePart, type Trigger } from '../assessment/rule.ts';
import { stated, type Wanted } from '../assessment/stated.ts';
import { firstOf, listed, named } from '../assessment/wording.ts';
import { hasEnded, isAgreed, startOf } from './agreements.ts';
import { compareTargets, slasRestingOn, targetInWords, type Comparison } from './alignment.ts';
import { isHeldAgainstAll, shortOfSlas } from './feasible-promises.ts';
import { namesPeople } from './named-people.ts';
import { type AgreementInShort, checkLookedAt, fullAgreementsWith, hasObligation, isFollowedUp, kindOf, type Supplier } from './suppliers.ts';
import { checkMisses, checkTargetsMeasured, isSet, missedTarget, promisesAnything } from './target-figures.ts';

const kind = 'The supplier';

const isContract = ({ type }: AgreementInShort): boolean => type === 'contract';

const externalSuppliersUsed: Query<Trigger> = query('whether external suppliers are used', (context): Trigger =>
  context.model.all('Supplier').some((supplier) => kindOf(supplier, context) === 'external') ? { applies: true } : { applies: false, reason: 'no external supplier is declared' },
);

/** A check of each external supplier. */
function ofExternalSuppliers(check: (supplier: Supplier, context: RuleContext) => readonly Remark[]): readonly RulePart[] {
  return each('Supplier', { none: null, check: (supplier, context) => (kindOf(supplier, context) === 'external' ? check(supplier, context) : []) });
}

/** Contracts with an external supplier that have not ended. */
function contractsOf(supplier: Supplier, context: RuleContext): readonly Agreement[] {
  return fullAgreementsWith(supplier.name, context, (agreement) => isContract(agreement) && !hasEnded(agreement, context.asOf));
}

/** A check of each contract in force; that an external supplier has none is told by 8.3.4.1, item 2, and leaves the others unknown. */
function ofContracts(check: (contract: Agreement, supplier: Supplier, context: RuleContext) => readonly Remark[]): readonly RulePart[] {
  return [
    ...each('Agreement', {
      where: isContract,
      none: null,
      check: (contract, context) => {
        const supplier = context.model.get('Supplier', contract.supplier);
        return supplier === undefined || hasEnded(contract, context.asOf) || kindOf(supplier, context) !== 'external' ? [] : check(contract, supplier, context);
      },
    }),
    ...ofExternalSuppliers((supplier, context) => (contractsOf(supplier, context).length > 0 ? [] : [unknown('declared', 'an external supplier has no contract in force')])),
  ];
}

/** A row that only asks contracts for facts. */
function contractSays(row: string, wanted: (contract: Agreement, context: RuleContext) => readonly Wanted[]): Rule {
  return rule(row, { trigger: externalSuppliersUsed, parts: [ofContracts((contract, _supplier, context) => stated(contract, 'The contract', wanted(contract, context)))] });
}

export const managerNamed: Rule = rule('8.3.4.1.1', {
  trigger: externalSuppliersUsed,
  parts: [
    ofExternalSuppliers((supplier, { model }) => {
      const { manager } = supplier;
      if (namesPeople(manager, { model })) return [];
      if (!isFilledIn(manager) || !model.find('Actor', manager)) return stated(supplier, kind, [{ said: false, what: 'who manages the relationship, the contract and the performance', line: 'manager ${1:TODO}' }]);
      return [shortfall(`Nobody is named by ${manager}, which manages the supplier ${named(supplier)}.`, { place: placeOf(supplier, 'manager') })];
    }),
  ],
});

export const contractAgreed: Rule = rule('8.3.4.1.2', {
  trigger: externalSuppliersUsed,
  // The contract itself, where it is and when it was agreed, is what is asked for.
  evidence: 'derived',
  parts: [
    ofExternalSuppliers((supplier, context) => {
      const inForce = contractsOf(supplier, context);
      if (inForce.length === 0) {
        const [ended] = fullAgreementsWith(supplier.name, context, isContract).toSorted((a, b) => ((a.validTo ?? '') > (b.validTo ?? '') ? -1 : 1));
        if (ended) return [shortfall(`The contract ${named(ended)} ended on ${ended.validTo}, and no other with ${named(supplier)} is in force.`, { place: placeOf(ended, 'validTo') })];
        const [provided] = suppliedBy(supplier, context);
        const text = `contract \${1:${supplier.name}-contract} "\${2:TODO title}" with ${supplier.name} for ${provided === undefined ? '${3:TODO}' : serviceOf(provided)} {\n  valid \${4:0000-00-00}\n  agreed with ${supplier.name} by \${5:TODO} on \${6:0000-00-00}\n  scope "\${7:TODO what the supplier delivers}"\n  based on \${8:TODO}\n  obligation "\${9:TODO what the supplier has to do}"\n  authorities "\${10:TODO who decides what, on both sides}"\n  file "\${11:TODO path of the contract}"\n}`;
        return [shortfall(`No contract with the supplier ${named(supplier)} is declared.`, { place: placeOf(supplier), fixes: [addDeclaration('Declare the contract', placeOf(supplier), text)] })];
      }
      const gaps = inForce.map((contract) => [
        ...stated(contract, 'The contract', [{ said: isAgreed(contract, context.asOf), what: 'who agreed to it and when', line: `agreed with ${supplier.name} by \${1:TODO} on \${2:0000-00-00}` }]),
        ...stated(contract, 'The contract', [{ said: isFilledIn(contract.file) || hasDocumentOfKind('external-contracts', context), what: 'where its document is', line: 'file "${1:TODO path of the contract}"' }], 'evidenced'),
      ]);
      return gaps.some((found) => found.length === 0) ? [] : gaps[0]!;
    }),
  ],
});

/** What a supplier provides, as it or what is provided says: services, and components as `email.gateway`. */
function suppliedBy(supplier: Supplier, { model }: RuleContext): readonly string[] {
  const found = new Set(supplier.provides.filter(isFilledIn));
  for (const { entity: { node } } of model.referrers('Supplier', supplier.name)) {
    if (node.$type !== 'Service') continue;
    if (node.providers.includes(supplier.name)) found.add(node.name);
    for (const component of node.components) if (component.providers.includes(supplier.name)) found.add(`${node.name}.${component.name}`);
  }
  return [...found];
}

function serviceOf(provided: string): string {
  return provided.split('.')[0]!;
}

export const contractScope: Rule = rule('8.3.4.1.a', {
  trigger: externalSuppliersUsed,
  parts: [
    ofContracts((contract) => stated(contract, 'The contract', [{ said: isFilledIn(contract.scope), what: 'which services, parts of services or processes the supplier takes on', line: 'scope "${1:TODO what the supplier delivers}"' }])),
    ofExternalSuppliers((supplier, context) => {
      const contracts = contractsOf(supplier, context);
      const covered = new Set(contracts.flatMap(({ services }) => services));
      const open = suppliedBy(supplier, context).filter((provided) => !covered.has(serviceOf(provided)));
      if (contracts.length === 0 || open.length === 0) return [];
      const index = supplier.provides.findIndex((provided) => open.includes(provided));
      return [
        shortfall(`${named(supplier)} provides ${listed(open)}, but no contract with it is for ${open.length === 1 ? 'that' : 'these'}.`, {
          place: index < 0 ? placeOf(supplier) : placeOf(supplier, 'provides', index),
          related: contracts.map((contract) => ({ place: placeOf(contract), message: 'The contract' })),
        }),
      ];
    }),
  ],
});

export const contractRequirements: Rule = contractSays('8.3.4.1.b', ({ requirements }, { model }) => [
  {
    said: requirements.some((id) => {
      const requirement = model.get('ServiceRequirement', id);
      return isFilledIn(requirement?.statement) || isFilledIn(requirement?.file);
    }),
    what: 'on which documented requirements it is based',
    line: 'based on ${1:TODO}',
  },
]);

export const contractTargets: Rule = contractSays('8.3.4.1.c', (contract, context) => [
  { said: contract.targets.some(isSet) || hasObligation(contract, context), what: 'which targets or other obligations the supplier has', line: 'obligation "${1:TODO what the supplier has to do}"' },
]);

export const contractAuthorities: Rule = contractSays('8.3.4.1.d', ({ authorities }) => [
  { said: isFilledIn(authorities), what: 'who has what authority and responsibility, on both sides', line: 'authorities "${1:TODO who decides what, on both sides}"' },
]);

/** What an agreement is said to be aligned with, also through the agreements that it is aligned with. */
function alignedWith(agreement: Agreement, { model }: RuleContext): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...agreement.alignedWith];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...(model.get('Agreement', id)?.alignedWith ?? []));
  }
  return found;
}

export const alignmentAssessed: Rule = rule('8.3.4.1.3', {
  trigger: externalSuppliersUsed,
  parts: [
    ofContracts((contract, _supplier, context) => {
      const assessed = alignedWith(contract, context);
      const resting = slasRestingOn(contract.services, context);
      const pairs = new Map(resting.map((one) => [one.sla, compareTargets(contract, one, context)]));
      const gapStated = contract.alignmentGaps.some((id) => context.model.get('Risk', id) !== undefined);
      const remarks = gapStated ? [] : [...shortOfSlas(contract, resting.map(({ sla }) => sla), context), ...weakerThanSlas(contract, pairs)];
      // What the comparison shows need not be stated.
      const unassessed = resting.flatMap(({ sla }) => (pairs.get(sla)!.length === 0 && !assessed.has(sla.name) ? [sla] : []));
      if (unassessed.length > 0) {
        remarks.push(
          shortfall(`Services of ${firstOf(unassessed.map(named))} rest on the contract ${named(contract)}, but none of its targets can be compared with ${unassessed.length === 1 ? 'that SLA' : 'these SLAs'}, and it does not say that somebody looked whether they fit.`, {
            place: placeOf(contract),
            related: unassessed.map((sla) => ({ place: placeOf(sla), message: 'An SLA that rests on it' })),
            fixes: [addFact('Say with which SLAs it was compared', placeOf(contract), 'aligned with ${1:TODO}')],
          }),
        );
      }
      return remarks;
    }),
  ],
});

/** Pairs of targets that feasibility does not speak of, such as of one metric: there each is held against the other. */
function weakerThanSlas(contract: Agreement, pairs: ReadonlyMap<Agreement, readonly Comparison[]>): readonly Remark[] {
  const weaker = new Map<number, { readonly sla: Agreement; readonly slaIndex: number; readonly words: string }[]>();
  for (const [sla, compared] of pairs) {
    for (const { index, slaIndex, target, slaTarget, weaker: isWeaker } of compared) {
      if (isWeaker && !isHeldAgainstAll(target)) weaker.set(index, [...(weaker.get(index) ?? []), { sla, slaIndex, words: `${targetInWords(slaTarget)} of ${named(sla)}` }]);
    }
  }
  return [...weaker].map(([index, slas]) =>
    shortfall(`The target ${targetInWords(contract.targets[index]!)} is weaker than ${firstOf(slas.map(({ words }) => words), 3)}, whose services rest on it, and no alignment gap says which risk stands for that.`, {
      place: placeOf(contract, 'targets', index, 'name'),
      related: slas.map(({ sla, slaIndex }) => ({ place: placeOf(sla, 'targets', slaIndex, 'name'), message: `The target of ${named(sla)}` })),
      fixes: [addFact('Name the risk that it brings', placeOf(contract), 'alignment gap ${1:TODO}')],
    }),
  );
}

const alignmentGapExists: Query<Trigger> = query('whether an alignment gap exists', ({ model }): Trigger =>
  model.all('Agreement').some((agreement) => isContract(agreement) && agreement.alignmentGaps.some(isFilledIn)) ? { applies: true } : { applies: false, reason: 'no contract states an alignment gap' },
);

export const alignmentRisksManaged: Rule = rule('8.3.4.1.4', {
  trigger: alignmentGapExists,
  parts: [
    each('Agreement', {
      where: isContract,
      none: null,
      check: (contract, { model }) =>
        contract.alignmentGaps.flatMap((id, index): Remark[] => {
          const risk = model.get('Risk', id);
          // What is done about a risk says how it is treated.
          if (!risk || risk.treatment !== undefined || isFilledIn(risk.acceptedBy) || filledIn(risk.actions).length > 0) return [];
          return [
            shortfall(`The risk ${named(risk)} stands for an alignment gap of the contract ${named(contract)}, and nothing says how it is treated.`, {
              place: placeOf(contract, 'alignmentGaps', index),
              related: [{ place: placeOf(risk), message: 'The risk' }],
              fixes: [addFact('Say what is done about it', placeOf(risk), 'action "${1:TODO what is done about it}" owner ${2:TODO} due ${3:0000-00-00}')],
            }),
          ];
        }),
    }),
  ],
});

export const interfacesDefined: Rule = rule('8.3.4.1.5', {
  trigger: externalSuppliersUsed,
  parts: [
    ofExternalSuppliers((supplier, context) => {
      const { model } = context;
      const isLinked = [...supplier.operates, ...supplier.controls.map(({ process }) => process)].some((id) => model.get('Process', id) !== undefined) || model.referrers('Supplier', supplier.name).some(({ entity: { node } }) => node.$type === 'Process');
      return stated(supplier, kind, [
        { said: someFilledIn(supplier.interfaces) || contractsOf(supplier, context).some(({ interfaces }) => someFilledIn(interfaces)), what: 'how it and you work into each other', line: 'interfaces "${1:TODO who hands what to whom}"' },
        { said: isFilledIn(supplier.contact), what: 'whom to turn to there', line: 'contact "${1:TODO whom to turn to there}"' },
        { said: isFilledIn(supplier.escalationContact), what: 'whom to escalate to there', line: 'escalation contact "${1:TODO whom to escalate to there}"' },
        // Processes that take from it, give to it or have it do a step say so themselves.
        { said: isLinked, what: 'with which of your processes its work is linked', line: 'operates ${1:TODO}' },
      ]);
    }),
  ],
});

export const performanceMonitored: Rule = rule('8.3.4.1.6', {
  trigger: externalSuppliersUsed,
  parts: [
    ofExternalSuppliers((supplier, context) => {
      const contracts = contractsOf(supplier, context);
      const applied = supplier.controls.flatMap((control) => (control.kind === 'security' ? [] : [control.applied]));
      return checkLookedAt(
        {
          subject: supplier,
          what: 'review of the performance',
          last: latestOf([supplier.performanceReviewed, supplier.review?.last, ...applied, ...contracts.map(({ performanceReviewed }) => performanceReviewed)], context.asOf),
          start: contracts.map(startOf).filter((date) => date !== undefined).sort()[0],
          every: supplier.review?.every,
          planned: context.plannedInterval('8.3.4.1.6'),
          line: 'performance reviewed ${1:0000-00-00}',
        },
        context,
      );
    }),
    ofContracts((contract, _supplier, context) => checkTargetsMeasured(contract, context)),
  ],
});

/** Whether a dispute with the supplier was raised in a period or before the next review of its performance. */
function isDisputed(supplier: Supplier, period: string, context: RuleContext): boolean {
  const parsed = parsePeriod(period);
  if (isProblem(parsed)) return false;
  const until = intervalAfter(parsed.lastDay, supplier.review?.every, context.plannedInterval('8.3.4.1.6').months) ?? parsed.lastDay;
  return context.model.referrers('Supplier', supplier.name).some(({ entity: { node } }) => {
    const raised = node.$type === 'Dispute' ? dateOf(node.raised) : undefined;
    return raised !== undefined && parsed.firstDay <= raised && raised <= until;
  });
}

export const missesImproved: Rule = rule('8.3.4.1.7', {
  trigger: missedTarget('a target of a contract was missed', isContract, externalSuppliersUsed),
  parts: [
    ofContracts((contract, supplier, context) => {
      const isAnswered = (target: string, period: string): boolean => isFollowedUp(contract, target, period, context) || isDisputed(supplier, period, context);
      return !promisesAnything(contract) ? [] : checkMisses(contract, { by: 'improvement, action or dispute', isFollowedUp: isAnswered }, context);
    }),
  ],
});

export const contractReviewed: Rule = rule('8.3.4.1.8', {
  trigger: externalSuppliersUsed,
  parts: [
    ofContracts((contract, _supplier, context) =>
      checkLookedAt(
        {
          subject: contract,
          what: 'review',
          last: latestOf([contract.review?.last, contract.performanceReviewed], context.asOf),
          start: startOf(contract),
          every: contract.review?.every,
          planned: context.plannedInterval('8.3.4.1.8'),
          line: contract.review === undefined ? 'review every ${1:12mo} last ${2:0000-00-00}' : 'performance reviewed ${1:0000-00-00}',
        },
        context,
      ),
    ),
  ],
});

const contractChanged: Query<Trigger> = query('whether a contract was changed', ({ model }): Trigger =>
  model.all('Agreement').some((agreement) => isContract(agreement) && agreement.changes.some(isFilledIn)) ? { applies: true } : { applies: false, reason: 'no contract says that it was changed' },
);

export const contractChangesAssessed: Rule = rule('8.3.4.1.9', {
  trigger: contractChanged,
  parts: [
    recordOfEach({
      row: '8.3.4.1.9',
      kind: 'change',
      plural: 'changes',
      coverage: ({ model }) => ({
        subjects: model.all('Agreement').filter(isContract).flatMap((contract) =>
          contract.changes.flatMap((change, index) =>
            isFilledIn(change)
              ? [
                  {
                    name: `${contract.name}-${index}`,
                    title: `${change} of ${named(contract)}`,
                    place: placeOf(contract, 'changes', index),
                    where: `record-key = ${quoted(change)}`,
                    meets: 'impact-services is not empty and impact-policies is not empty and approved is not empty and approved >= opened',
                    fields: ['opened', 'impact-services', 'impact-policies', 'approved'],
                  },
                ]
              : [],
          ),
        ),
        of: 'changes of contracts',
        lacks: 'are in no source of changes',
        incomplete: 'do not say what they do to services and to policies and plans, or were not approved after that',
      }),
    }),
  ],
});

/** A name as a text of the language. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

const disputeArises: Query<Trigger> = query('whether a dispute has arisen', ({ model }): Trigger => (model.all('Dispute').length > 0 ? { applies: true } : { applies: false, reason: 'no dispute is recorded' }));

export const disputesManaged: Rule = rule('8.3.4.1.10', {
  trigger: disputeArises,
  // The dispute as declared is the record.
  evidence: 'derived',
  parts: [
    each('Dispute', {
      none: null,
      check: (dispute: DeclarationTypes['Dispute'], { model, asOf }) => {
        const isClosed = latestOf([dispute.closed], asOf) !== undefined;
        const open = filledIn(dispute.actions).filter((action) => actionDone(action, model, asOf) === undefined);
        const remarks = stated(
          dispute,
          'The dispute',
          [
            { said: latestOf([dispute.raised], asOf) !== undefined, what: 'when it was raised', line: 'raised ${1:0000-00-00}' },
            { said: isFilledIn(dispute.owner), what: 'who manages it', line: 'owner ${1:TODO}' },
            { said: isClosed || open.length > 0, what: 'when it was closed, or what is still to be done', line: 'action "${1:TODO what is to be done}" owner ${2:TODO} due ${3:0000-00-00}' },
          ],
          'evidenced',
        );
        return remarks.length > 0 ? remarks : [shown('evidenced')];
      },
    }),
  ],
});
