/** Clause 8.5.2.2, design. */
import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { lastApproval } from '../assessment/approvals.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { addDeclaration, addFact, placeOf, shortfall, unknown, type Remark } from '../assessment/remark.ts';
import { each, query, rule, system, type Rule, type RuleContext } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { listed, named } from '../assessment/wording.ts';
import { anyTransition, isCompleted, kindOf, type Transition } from './transitions.ts';

type Design = DeclarationTypes['ServiceDesign'];
type Part = Design['notRelevant'][number];

/** Whether there has to be a design: not for a removal, and not while the transition is still being planned or designed. */
function needsDesign(transition: Transition, context: RuleContext): boolean {
  return kindOf(transition, context) !== 'remove' && transition.stage !== 'plan' && transition.stage !== 'design';
}

const reason = 'no transition has come to its design, or what is in transition is removed';

const designNeeded = anyTransition('whether a design is needed', reason, (transition, context) => needsDesign(transition, context) || isApproved(transition.design, context));

function isApproved(id: string | undefined, { model, asOf }: RuleContext): boolean {
  const design = model.get('ServiceDesign', id);
  return design !== undefined && lastApproval(design.approvals, asOf) !== undefined;
}

export const designed: Rule = rule('8.5.2.2.1', {
  trigger: designNeeded,
  evidence: 'derived',
  parts: [
    each('Transition', {
      none: null,
      check: (transition, context) => {
        const design = context.model.get('ServiceDesign', transition.design);
        if (!design) return needsDesign(transition, context) ? [withoutDesign(transition, context)] : [];
        const others = transition.services.filter((id) => !design.services.includes(id));
        if (others.length === 0) return [];
        return [
          shortfall(`The design ${named(design)} is not one of ${listed(others.map((id) => named(context.model.get('Service', id) ?? { name: id })))}.`, {
            place: placeOf(transition, 'design'),
            related: [{ place: placeOf(design, 'services'), message: 'Of which services it is the design' }],
          }),
        ];
      },
    }),
    each('ServiceDesign', {
      none: null,
      check: (design, context) => (isInWork(design, context) ? [] : checkDesign(design, context)),
    }),
  ],
});

function withoutDesign(transition: Transition, { model }: RuleContext): Remark {
  if (isFilledIn(transition.design)) return shortfall(`No service design is called ${transition.design}.`, { place: placeOf(transition, 'design') });
  const known = transition.services.flatMap((id) => model.referrers('Service', id)).find(({ entity: { node } }) => node.$type === 'ServiceDesign')?.entity.node;
  const place = placeOf(transition);
  return shortfall(`The transition ${named(transition)} names no service design.`, {
    place,
    fixes:
      known?.$type === 'ServiceDesign'
        ? [addFact(`Name the design ${named(known)}`, place, `design ${known.name}`)]
        : [
            addFact('Name its design', place, 'design ${1:TODO}'),
            addDeclaration(
              'Declare its service design',
              place,
              `service design ${transition.name}-design of ${transition.services.join(', ')} {\n  requirements \${1:TODO}\n  file "\${2:TODO path of the design}"\n  approved by \${3:TODO} on \${4:0000-00-00}\n${parts.map(({ line }, index) => `  ${line.replace('${1:', `\${${index + 5}:`)}\n`).join('')}}`,
            ),
          ],
  });
}

/** Whether a design is still being made: all transitions that name it are, and nobody has approved it. */
function isInWork(design: Design, { model, asOf }: RuleContext): boolean {
  const transitions = transitionsOf(design, { model });
  return transitions.length > 0 && transitions.every(({ stage }) => stage === 'plan' || stage === 'design') && lastApproval(design.approvals, asOf) === undefined;
}

function transitionsOf({ name }: Design, { model }: Pick<RuleContext, 'model'>): readonly Transition[] {
  const found = new Set<Transition>();
  for (const { entity: { node } } of model.referrers('ServiceDesign', name)) if (node.$type === 'Transition') found.add(node);
  return [...found];
}

function checkDesign(design: Design, { model, asOf }: RuleContext): readonly Remark[] {
  return stated(design, 'The service design', [
    { said: isFilledIn(design.file), what: 'where it is', line: 'file "${1:TODO path of the design}"' },
    { said: design.requirements.some((id) => model.get('ServiceRequirement', id) !== undefined), what: 'which service requirements it meets', line: 'requirements ${1:TODO}' },
    { said: lastApproval(design.approvals, asOf) !== undefined, what: 'who approved it and when', line: 'approved by ${1:TODO} on ${2:0000-00-00}' },
  ]);
}

interface DesignPart {
  readonly row: string;
  readonly part: Part;
  readonly what: string;
  readonly line: string;
  readonly said: (design: Design, context: RuleContext) => boolean;
}

/** What a design covers, or says that it does not matter. */
const parts: readonly DesignPart[] = [
  { row: '8.5.2.2.a', part: 'authorities', what: 'who of those who deliver the service decides and does what', line: 'authorities "${1:TODO who decides and does what}"', said: ({ authorities: text }) => isFilledIn(text) },
  { row: '8.5.2.2.b', part: 'resources', what: 'what changes in people, technology, information and money', line: 'resources "${1:TODO what changes}"', said: ({ resources: text }) => isFilledIn(text) },
  { row: '8.5.2.2.c', part: 'training', what: 'which education, training and experience is needed', line: 'training "${1:TODO what people need}"', said: ({ training: text }) => isFilledIn(text) },
  { row: '8.5.2.2.d', part: 'agreements', what: 'which agreements are new or change', line: 'agreements ${1:TODO}', said: ({ agreements: ids }, { model }) => ids.some((id) => model.get('Agreement', id) !== undefined) },
  { row: '8.5.2.2.e', part: 'system-changes', what: 'what changes in the service management system', line: 'system changes "${1:TODO what changes}"', said: ({ systemChanges: text }) => isFilledIn(text) },
  { row: '8.5.2.2.f', part: 'impacts', what: 'what it means for other services', line: 'impacts "${1:TODO what it means for other services}"', said: ({ impacts: text }) => isFilledIn(text) },
  { row: '8.5.2.2.g', part: 'catalogue', what: 'what changes in the service catalogue', line: 'catalogue "${1:TODO what changes}"', said: ({ catalogue: text }) => isFilledIn(text) },
];

function covers(row: string, more: (design: Design, context: RuleContext) => readonly Remark[] = () => []): Rule {
  const found = parts.find((part) => part.row === row);
  if (!found) throw new Error(`No part of a design belongs to ${row}`);
  const { part, what, line, said } = found;
  return rule(row, {
    trigger: designNeeded,
    parts: [
      // That it is missing is said by 8.5.2.2.1.
      system(({ model }) => (model.all('ServiceDesign').length > 0 ? [] : [unknown('declared', 'no service design is declared')])),
      each('ServiceDesign', {
        none: null,
        check: (design, context) => {
          if (isInWork(design, context) || design.notRelevant.includes(part)) return [];
          const place = placeOf(design);
          const remarks = said(design, context)
            ? []
            : [
                shortfall(`The service design ${named(design)} does not say ${what}, and not that this does not matter (“not relevant ${part}”).`, {
                  place,
                  fixes: [addFact(`Say ${what}`, place, line)],
                }),
              ];
          return [...remarks, ...more(design, context)];
        },
      }),
    ],
  });
}

export const authorities: Rule = covers('8.5.2.2.a');
export const resources: Rule = covers('8.5.2.2.b');
export const training: Rule = covers('8.5.2.2.c');
export const agreements: Rule = covers('8.5.2.2.d');
export const systemChanges: Rule = covers('8.5.2.2.e');
export const serviceImpacts: Rule = covers('8.5.2.2.f');

/** What catalogues list by name, and whether one lists all. */
const listing = query('what catalogues list', ({ model }) => ({
  all: model.all('ServiceCatalogue').some(({ listsAll }) => listsAll),
  names: [...new Set(model.all('ServiceCatalogue').flatMap(({ services, entries }) => [...services, ...entries.map(({ service }) => service)]))],
}));

export const catalogueUpdates: Rule = covers('8.5.2.2.g', (design, context) =>
  transitionsOf(design, context)
    .filter((transition) => isCompleted(transition, context.asOf))
    .flatMap((transition) => transition.services.filter((id) => design.services.includes(id)).flatMap((id) => checkListed(id, transition, context))),
);

/** After the transition the catalogue lists what is delivered, and no longer what is not. A catalogue that lists all follows the service's status. */
function checkListed(id: string, transition: Transition, context: RuleContext): readonly Remark[] {
  const service = context.model.get('Service', id);
  if (!service) return [];
  const { all, names } = context.read(listing);
  const kind = kindOf(transition, context);
  const isLive = (service.status ?? 'live') === 'live';
  const place = placeOf(transition, 'completed');
  if (kind === 'remove' || kind === 'transfer-out') {
    if (names.includes(id)) return [shortfall(`${named(service)} has left with this transition, but a service catalogue still lists it.`, { place })];
    return all && isLive ? [shortfall(`${named(service)} has left with this transition, but is still live, so the catalogue that lists all lists it.`, { place })] : [];
  }
  if (names.includes(id) || (all && isLive)) return [];
  return [shortfall(`${named(service)} is in operation by this transition, but no service catalogue lists it${all ? `, as it is still ${service.status}` : ''}.`, { place })];
}
