/** Clause 6.3, planning the service management system. */
import type { DeclarationType, DeclarationTypes } from '../../language/model/declarations.ts';
import type { IsoDate } from '../../language/values/date.ts';
import { lastApproval } from '../assessment/approvals.ts';
import { latestOf } from '../assessment/dates.ts';
import { isFilledIn, someFilledIn } from '../assessment/filled-in.ts';
import { ownDocument } from '../assessment/own-document.ts';
import { addFact, placeOf, shortfall, type Remark } from '../assessment/remark.ts';
import { declareFixes, each, query, rule, system, type NewDeclaration, type Rule, type RuleContext, type SystemPart } from '../assessment/rule.ts';
import { stated, type Wanted } from '../assessment/stated.ts';
import { firstOf, listed, named } from '../assessment/wording.ts';
import { attested } from './attestations.ts';
import { periodOf } from './internal-audits.ts';
import { isInUse, isOutside } from './services-in-scope.ts';

type Plan = DeclarationTypes['ServiceManagementPlan'];
type Resource = DeclarationTypes['Resource'];

const kind = 'The service management plan';

const scaffold: NewDeclaration = {
  title: 'Declare the service management plan',
  text: 'service management plan ${1:service-management-plan} "${2:TODO title of the plan}" {\n  policies all\n  objectives all\n  risks all\n  requirements all\n  services all\n  obligations all\n  authorities all\n  resources all\n  plans all\n  limitation "${3:TODO what limits the system and the services}"\n  other parties "${4:TODO how it works with others}"\n  technology "${5:TODO what supports the system}"\n  measurement "${6:TODO how effectiveness is measured, audited, reported and improved}"\n  file "${7:TODO path of the document}"\n  approved by ${8:TODO} on ${9:0000-00-00}\n  review every 12mo\n}',
};

function documentRemarks(plan: Plan, context: RuleContext): readonly Remark[] {
  return ownDocument(plan, { what: kind, kind: 'sm-plan', interval: context.plannedInterval('6.3.1') }, context);
}

function plans({ model }: RuleContext): readonly Plan[] {
  return model.all('ServiceManagementPlan').filter(({ title }) => title === undefined || isFilledIn(title));
}

/** Plans that are documented, approved and within their review, the one that was approved last first. */
function currentPlans(context: RuleContext): readonly Plan[] {
  const approvedOn = ({ approvals }: Plan): string => lastApproval(approvals, context.asOf)?.on ?? '';
  return plans(context).filter((plan) => documentRemarks(plan, context).length === 0).toSorted((a, b) => (approvedOn(a) > approvedOn(b) ? -1 : approvedOn(a) < approvedOn(b) ? 1 : 0));
}

const planName = query('service management plan', (context) => (currentPlans(context)[0] ?? plans(context)[0])?.name);

/** The plan that is in force, else the first that is declared. */
function planIn(context: RuleContext): Plan | undefined {
  return context.model.get('ServiceManagementPlan', context.read(planName));
}

/** A check of the service management plan, and of there being one. */
function ofPlan(check: (plan: Plan, context: RuleContext) => readonly Remark[]): SystemPart {
  return system((context) => {
    const plan = planIn(context);
    return plan ? check(plan, context) : [shortfall('No service management plan is declared.', { fixes: declareFixes(context, scaffold) })];
  });
}

function says(row: string, wanted: (plan: Plan, context: RuleContext) => Wanted): Rule {
  return rule(row, { parts: [ofPlan((plan, context) => stated(plan, kind, [wanted(plan, context)]))] });
}

export const planExists: Rule = rule('6.3.1', {
  // The plan says itself where its document is.
  evidence: 'derived',
  parts: [
    ofPlan(documentRemarks),
    system((context) => {
      const [current, ...others] = currentPlans(context);
      return others.map((plan) =>
        shortfall(`${named(plan)} is a second service management plan that is in force; there is one. Keep the one that counts.`, {
          place: placeOf(plan),
          related: current ? [{ place: placeOf(current), message: 'The one that was approved last' }] : [],
        }),
      );
    }),
  ],
});

/** What a plan takes up: all that is declared, or those that it names. */
interface TakenUp {
  readonly type: DeclarationType;
  readonly property: string;
  /** The keyword of the fact. */
  readonly fact: string;
  readonly all: boolean;
  readonly ids: readonly string[];
}

function namesSome({ all, ids }: TakenUp): boolean {
  return all || someFilledIn(ids);
}

/** A gap where the plan says “all” of what there is none of. */
function emptyRemarks(plan: Plan, taken: TakenUp, { model }: RuleContext): readonly Remark[] {
  if (!namesSome(taken)) return [];
  if (taken.all ? model.all(taken.type).length > 0 : taken.ids.some((id) => model.get(taken.type, id) !== undefined)) return [];
  const words = taken.fact === 'requirements' ? 'service requirements' : taken.fact === 'authorities' ? 'roles' : taken.fact;
  return [shortfall(`${kind} ${named(plan)} takes up ${taken.all ? 'all' : 'the'} ${words}, but none is declared.`, { place: placeOf(plan, taken.property) })];
}

export const inputsConsidered: Rule = rule('6.3.2', {
  parts: [
    ofPlan((plan, context) => {
      const inputs: readonly TakenUp[] = [
        { type: 'Policy', property: plan.allPolicies ? 'allPolicies' : 'policies', fact: 'policies', all: plan.allPolicies === true, ids: plan.policies },
        { type: 'Objective', property: plan.allObjectives ? 'allObjectives' : 'objectives', fact: 'objectives', all: plan.allObjectives === true, ids: plan.objectives },
        { type: 'Risk', property: plan.allRisks ? 'allRisks' : 'risks', fact: 'risks', all: plan.allRisks === true, ids: plan.risks },
        { type: 'ServiceRequirement', property: plan.allRequirements ? 'allRequirements' : 'requirements', fact: 'requirements', all: plan.allRequirements === true, ids: plan.requirements },
      ];
      return [
        ...stated(plan, kind, inputs.map((taken) => ({ said: namesSome(taken), what: `which ${taken.fact === 'requirements' ? 'service requirements' : taken.fact} it takes up (${taken.fact} all, or their names)`, line: `${taken.fact} all` }))),
        ...inputs.flatMap((taken) => emptyRemarks(plan, taken, context)),
      ];
    }),
  ],
});

/** Ids of services in scope that are in use: those that the organization lists, else all but what it puts outside. */
const servicesInScope = query('services of the scope', (context): readonly string[] => {
  const [organization] = context.model.all('Organization');
  const listedServices = organization?.allServices === true ? [] : (organization?.services ?? []).filter(isFilledIn);
  if (listedServices.length > 0) return listedServices;
  return context.model.all('Service').filter((service) => isInUse(service, context)).map(({ name }) => name);
});

export const servicesListed: Rule = rule('6.3.a', {
  parts: [
    ofPlan((plan, context) => {
      if (plan.allServices) return [];
      if (!someFilledIn(plan.services)) return stated(plan, kind, [{ said: false, what: 'which services it is for (services all, or their names)', line: 'services all' }]);
      const inScope = context.read(servicesInScope);
      const missing = inScope.filter((name) => !plan.services.includes(name));
      const outside = plan.services.flatMap((name, index) => {
        const service = context.model.get('Service', name);
        return service && (isOutside(service, context) || (isInUse(service, context) && !inScope.includes(name))) ? [{ name, index }] : [];
      });
      return [
        ...(missing.length === 0 ? [] : [shortfall(`${kind} ${named(plan)} does not list ${firstOf(missing)}, which ${missing.length === 1 ? 'is' : 'are'} in scope.`, { place: placeOf(plan), fixes: [addFact('List all services in scope', placeOf(plan), `services ${missing.join(', ')}`)] })]),
        ...outside.map(({ name, index }) => shortfall(`${kind} ${named(plan)} lists ${name}, which is not in scope.`, { place: placeOf(plan, 'services', index) })),
      ];
    }),
  ],
});

export const knownLimitations: Rule = says('6.3.b', ({ limitations, noLimitations }) => ({
  said: noLimitations || someFilledIn(limitations),
  what: 'which limitations are known, or that none are (no limitations)',
  line: 'limitation "${1:TODO what limits the system and the services}"',
}));

export const obligationsApplied: Rule = rule('6.3.c', {
  parts: [
    ofPlan((plan, context) => {
      const { model } = context;
      const taken: TakenUp = { type: 'Obligation', property: plan.allObligations ? 'allObligations' : 'obligations', fact: 'obligations', all: plan.allObligations === true, ids: plan.obligations };
      if (!namesSome(taken)) return stated(plan, kind, [{ said: false, what: 'which obligations bear on the system and the services (obligations all, or their names)', line: 'obligations all' }]);
      const obligations = taken.all ? model.all('Obligation') : taken.ids.flatMap((id) => model.get('Obligation', id) ?? []);
      if (obligations.length === 0) {
        return emptyRemarks(plan, taken, context).map((remark) =>
          remark.kind === 'shortfall'
            ? { ...remark, fixes: declareFixes(context, { title: 'Declare an obligation', text: 'obligation ${1:obligation} "${2:TODO what binds us}" {\n  kind ${3:TODO}\n  source "${4:TODO where it is written}"\n  applies to ${5:TODO}\n  met by "${6:TODO how it is met}"\n}' }) }
            : remark,
        );
      }
      const remarks = obligations.map((obligation) =>
        stated(obligation, 'The obligation', [
          { said: isFilledIn(obligation.kind), what: 'of what kind it is', line: 'kind ${1:TODO}' },
          { said: isFilledIn(obligation.source), what: 'where it comes from', line: 'source "${1:TODO where it is written}"' },
          { said: someFilledIn(obligation.appliesTo), what: 'what it applies to', line: 'applies to ${1:TODO}' },
          { said: isFilledIn(obligation.how), what: 'how it is met', line: 'met by "${1:TODO how it is met}"' },
        ]),
      );
      return remarks.find((own) => own.length === 0) ?? remarks[0]!;
    }),
  ],
});

export const authoritiesCovered: Rule = rule('6.3.d', {
  parts: [
    ofPlan((plan, context) => {
      const { model } = context;
      const taken: TakenUp = { type: 'Role', property: plan.allRoles ? 'allRoles' : 'roles', fact: 'authorities', all: plan.allRoles === true, ids: plan.roles };
      if (!namesSome(taken)) return stated(plan, kind, [{ said: false, what: 'who has which authorities and responsibilities (authorities all, or the names of roles)', line: 'authorities all' }]);
      const roles = taken.all ? model.all('Role') : taken.ids.flatMap((id) => model.get('Role', id) ?? []);
      if (roles.length === 0) return emptyRemarks(plan, taken, context);
      const covered = new Set(roles.flatMap(({ name, holders }) => [name, ...holders]));
      for (const { name, lead, members } of model.all('Team')) if ([...(lead === undefined ? [] : [lead]), ...members].some((person) => covered.has(person))) covered.add(name);
      const owned = [...model.all('Process'), ...model.all('Service').filter((service) => isInUse(service, context))];
      const others = owned.filter(({ owner }) => isFilledIn(owner) && !covered.has(owner));
      if (others.length === 0) return [];
      return [
        shortfall(`${kind} ${named(plan)} names roles that do not cover who owns ${firstOf(others.map(named))}: ${firstOf([...new Set(others.flatMap(({ owner }) => owner ?? []))])}. Each owner is a role of the plan, or holds one.`, {
          place: placeOf(plan, taken.property, ...(taken.all ? [] : [0])),
          related: others.slice(0, 5).map((one) => ({ place: placeOf(one, 'owner'), message: 'Owned here' })),
          fixes: taken.all ? [] : [addFact('Name another role', placeOf(plan), 'authorities ${1:TODO}')],
        }),
      ];
    }),
  ],
});

const resourceWords: Readonly<Record<NonNullable<Resource['kind']>, string>> = { human: 'people', technical: 'technology', information: 'information', financial: 'money' };

export const resourcesNamed: Rule = rule('6.3.e', {
  parts: [
    ofPlan((plan, context) => {
      const { model } = context;
      if (plan.allResources !== true && !someFilledIn(plan.resources)) return stated(plan, kind, [{ said: false, what: 'which resources are needed (resources all, or their names)', line: 'resources all' }]);
      const resources = (plan.allResources === true ? model.all('Resource') : plan.resources.flatMap((id) => model.get('Resource', id) ?? [])).filter(({ title }) => title === undefined || isFilledIn(title));
      const found = new Set(resources.map((resource) => resource.kind));
      // A budget is the money that is planned.
      if (plan.allResources === true && model.all('Budget').some(({ amount }) => amount !== undefined && /[1-9]/.test(amount))) found.add('financial');
      const missing = (Object.keys(resourceWords) as (keyof typeof resourceWords)[]).filter((one) => !found.has(one));
      if (missing.length === 0) return [];
      return [
        shortfall(`${kind} ${named(plan)} names no resource of kind ${listed(missing, 'or')}. It says which people, technology, information and money are needed.`, {
          place: placeOf(plan, plan.allResources === true ? 'allResources' : 'resources', ...(plan.allResources === true ? [] : [0])),
          fixes: missing.flatMap((one) => declareFixes(context, { title: `Declare the ${resourceWords[one]} needed`, text: `resource \${1:${one}-resources} "\${2:TODO what is needed}" {\n  kind ${one}\n  for system\n  needed \${3:0}\n  provided \${4:0}\n}` })),
        }),
      ];
    }),
  ],
});

export const otherParties: Rule = says('6.3.f', ({ otherParties: text }, { model }) => ({
  said: isFilledIn(text),
  what: model.all('Supplier').length > 0 ? 'how it works with other parties' : 'that no other party is involved (other parties "None …"), or how it works with them',
  line: 'other parties "${1:TODO how it works with others}"',
}));

export const technology: Rule = says('6.3.g', ({ technology: text }) => ({
  said: isFilledIn(text),
  what: 'which technology supports the system',
  line: 'technology "${1:TODO what supports the system}"',
}));

/** What a plan for measuring, auditing, reporting and improving rests on. */
const restsOn: readonly { readonly type: DeclarationType; readonly words: string }[] = [
  { type: 'Metric', words: 'metric' },
  { type: 'AuditProgramme', words: 'audit programme' },
  { type: 'ServiceReport', words: 'service report' },
  { type: 'ImprovementCriteria', words: 'improvement criteria' },
];

export const effectivenessKnown: Rule = rule('6.3.h', {
  parts: [
    ofPlan((plan, { model }) => {
      if (!isFilledIn(plan.measurement)) return stated(plan, kind, [{ said: false, what: 'how effectiveness is measured, audited, reported and improved', line: 'measurement "${1:TODO how effectiveness is measured, audited, reported and improved}"' }]);
      const missing = restsOn.filter(({ type }) => model.all(type).length === 0);
      if (missing.length === 0) return [];
      return [shortfall(`${kind} ${named(plan)} says how effectiveness is measured, audited, reported and improved. That rests on metrics, an audit programme, service reports and criteria for improvements; not declared: ${listed(missing.map(({ words }) => words))}.`, { place: placeOf(plan, 'measurement') })];
    }),
  ],
});

type SubordinatePlan = DeclarationTypes['Plan' | 'CapacityPlan' | 'ContinuityPlan' | 'AuditProgramme'];

/** Listed by the plan, and approved or reviewed since the plan was last approved. */
function checkAligned(other: SubordinatePlan, context: RuleContext): readonly Remark[] {
  const plan = planIn(context);
  if (!plan || isOver(other, context.asOf)) return [];
  const remarks: Remark[] = [];
  if (plan.allPlans !== true && !plan.plans.includes(other.name)) {
    remarks.push(
      shortfall(`The service management plan ${named(plan)} does not name ${named(other)} among its plans.`, {
        place: placeOf(other),
        related: [{ place: placeOf(plan), message: 'The plan with which it is to be in line' }],
        fixes: [addFact('Name it in the service management plan', placeOf(plan), `plans ${other.name}`)],
      }),
    );
  }
  const since = lastApproval(plan.approvals, context.asOf)?.on;
  const approved = lastApproval(other.approvals, context.asOf)?.on;
  const seen = latestOf([approved, other.review?.last], context.asOf);
  if (approved === undefined || since === undefined || seen === undefined || seen >= since) return remarks;
  return [
    ...remarks,
    shortfall(`The plan ${named(other)} was last approved or reviewed on ${seen}, before the service management plan was approved (${since}). See whether it still fits, and write when: review every … last DATE.`, {
      place: placeOf(other, ...(seen === approved ? ['approvals', other.approvals.length - 1, 'on'] : ['review', 'last'])),
      axis: 'evidenced',
      related: [{ place: placeOf(plan, 'approvals', plan.approvals.length - 1, 'on'), message: 'Approved here' }],
    }),
  ];
}

/** A programme whose period has passed plans nothing any more. */
function isOver(other: SubordinatePlan, asOf: IsoDate): boolean {
  const period = other.$type === 'AuditProgramme' ? periodOf(other) : undefined;
  return period !== undefined && period.lastDay < asOf;
}

export const otherPlansAligned: Rule = rule('6.3.3', {
  parts: [
    ofPlan(() => []),
    each('Plan', { none: null, check: checkAligned }),
    each('CapacityPlan', { none: null, check: checkAligned }),
    each('ContinuityPlan', { none: null, check: checkAligned }),
    each('AuditProgramme', { none: null, check: checkAligned }),
    attested('6.3.3'),
  ],
});
