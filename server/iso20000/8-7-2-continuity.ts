/** Clause 8.7.2, service continuity management. */
import { documentedInformation } from '../../language/catalogue/documented-information.ts';
import type { DeclarationTypes, Service } from '../../language/model/declarations.ts';
import type { IsoDate } from '../../language/values/date.ts';
import { filledIn } from '../assessment/actions.ts';
import { dateOf, intervalAfter, latestOf } from '../assessment/dates.ts';
import { isFilledIn, isNotZero, someFilledIn } from '../assessment/filled-in.ts';
import { overdueActions } from '../assessment/overdue-actions.ts';
import { ownDocument } from '../assessment/own-document.ts';
import { addDeclaration, addFact, notApplicable, placeOf, shortfall, shown, type Remark } from '../assessment/remark.ts';
import { declareFixes, each, query, rule, system, type Query, type Rule, type RuleContext, type RulePart, type Trigger } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { firstOf, named } from '../assessment/wording.ts';
import { assessedAtIntervals } from './risk-assessments.ts';
import { isDelivered, isInUse } from './services-in-scope.ts';

type ContinuityRequirement = DeclarationTypes['ContinuityRequirement'];
type ContinuityPlan = DeclarationTypes['ContinuityPlan'];
type ContinuityTest = DeclarationTypes['ContinuityTest'];
type ContinuityInvocation = DeclarationTypes['ContinuityInvocation'];

/** The plan is its own document, which item 4 asks for; tests and invocations are declared with their dates, which is the record. */
const evidence = 'derived';

export const risksAssessed: Rule = rule('8.7.2.1', { evidence, parts: [assessedAtIntervals('continuity')] });

/** Whether it says what a service needs, and not that it needs nothing. */
function isRequired({ notRequired }: ContinuityRequirement): boolean {
  return notRequired === undefined;
}

function requirementsFor(service: string, { model }: RuleContext): readonly ContinuityRequirement[] {
  const found = new Set<ContinuityRequirement>();
  for (const { entity: { node } } of model.referrers('Service', service)) if (node.$type === 'ContinuityRequirement' && node.services.includes(service)) found.add(node);
  return [...found];
}

function requirementScaffold(name: string): string {
  return `continuity requirement ${name}-continuity for ${name} {\n  recovery time \${1:0h}\n  recovery point \${2:0h}\n  basis \${3:TODO}\n  agreed by \${4:TODO} on \${5:0000-00-00}\n}`;
}

export const requirementsDetermined: Rule = rule('8.7.2.2', {
  parts: [
    each('Service', {
      none: { message: 'No service is declared, so nothing says how soon one has to be back.' },
      check: (service, context) => {
        // What is only a part of others has to be back when these have to.
        if (!isInUse(service, context) || !isDelivered(service, context) || requirementsFor(service.name, context).length > 0) return [];
        return [
          shortfall(`Nothing says how soon ${named(service)} has to be back after it was lost, or that this does not matter: a continuity requirement for it.`, {
            place: placeOf(service),
            fixes: [
              addDeclaration('Declare a continuity requirement', placeOf(service), requirementScaffold(service.name)),
              addDeclaration('State that none is required', placeOf(service), `continuity requirement ${service.name}-continuity for ${service.name} { not required because "\${1:TODO why}" }`),
            ],
          }),
        ];
      },
    }),
    each('ContinuityRequirement', {
      none: null,
      check: (requirement) => {
        if (!isRequired(requirement)) {
          return isFilledIn(requirement.notRequired) ? [] : [shortfall(`The continuity requirement ${named(requirement)} says that none is required, but not why.`, { place: placeOf(requirement, 'notRequired') })];
        }
        return stated(requirement, requirementKind, [
          { said: isNotZero(requirement.recoveryTime), what: 'how soon services are to be back', line: 'recovery time ${1:0h}' },
          // Zero is an answer here: nothing may be lost. So there is no line to offer.
          { said: requirement.recoveryPoint !== undefined, what: 'how much may be lost at most (recovery point 1h, or 0h for nothing)' },
        ]);
      },
    }),
  ],
});

const requirementKind = 'The continuity requirement';

export const wellFounded: Rule = rule('8.7.2.3', {
  parts: [
    each('ContinuityRequirement', {
      where: isRequired,
      none: null,
      check: (requirement, { model, asOf }) =>
        stated(requirement, requirementKind, [
          {
            said: requirement.basis.some((id) => model.get('ServiceRequirement', id) ?? model.get('Agreement', id) ?? model.get('Risk', id)),
            what: 'on which service requirement, agreement or risk it rests',
            line: 'basis ${1:TODO}',
          },
          { said: isAgreed(requirement, asOf), what: 'who agreed to it, and when', line: 'agreed by ${1:TODO} on ${2:0000-00-00}' },
        ]),
    }),
    system((context): readonly Remark[] => {
      const requirements = context.model.all('ContinuityRequirement');
      if (requirements.some(isRequired)) return [];
      if (requirements.length > 0) return [notApplicable('each continuity requirement says that none is required')];
      const [service] = context.model.all('Service');
      return [shortfall('No continuity requirement is declared.', { fixes: service ? declareFixes(context, { title: 'Declare a continuity requirement', text: requirementScaffold(service.name) }) : [] })];
    }),
  ],
});

function isAgreed({ agreed }: ContinuityRequirement, asOf: IsoDate): boolean {
  return agreed.some(({ by, on }) => isFilledIn(by) && latestOf([on], asOf) !== undefined);
}

const planKind = 'The continuity plan';
const testKind = 'The continuity test';
const planDocument = 'continuity-plan';
const planMonths: number = documentedInformation.get(`di.${planDocument}`)?.suggestedReviewMonths ?? 12;

const noPlan = {
  message: 'No continuity plan is declared.',
  declare: {
    title: 'Declare a continuity plan',
    text: 'continuity plan ${1:continuity-plan} "${2:Continuity plan}" {\n  services all\n  invoke when "${3:TODO what leads to it}"\n  invoked by ${4:TODO}\n  procedures ${5:TODO}\n  availability ${6:TODO} >= ${7:0%}\n  recovers ${8:TODO}\n  return to normal "${9:TODO how}"\n  contacts "${10:TODO where the list is}"\n  offsite "${11:TODO where plan and list can be had elsewhere}"\n  test every 12mo\n  file "${12:TODO path of the document}"\n  approved by ${13:TODO} on ${14:0000-00-00}\n  review every 12mo\n}',
  },
};

/** Services that a plan covers. */
function servicesOf(plan: ContinuityPlan, { model }: RuleContext): readonly Service[] {
  return plan.allServices ? model.all('Service') : plan.services.flatMap((id) => model.get('Service', id) ?? []);
}

/** Ids of services that some plan covers. */
const coveredServices = query('services with a continuity plan', (context) => [...new Set(context.model.all('ContinuityPlan').flatMap((plan) => servicesOf(plan, context).map(({ name }) => name)))].sort());

export const planExists: Rule = rule('8.7.2.4', {
  evidence,
  parts: [
    each('ContinuityPlan', {
      none: noPlan,
      check: (plan, context) => {
        const interval = context.plannedInterval('8.7.2.4', planMonths);
        return ownDocument(plan, { what: planKind, kind: planDocument, interval }, context);
      },
    }),
    each('ContinuityRequirement', {
      where: isRequired,
      none: null,
      check: (requirement, context) => {
        // That there is no plan at all is said once.
        if (context.model.all('ContinuityPlan').length === 0) return [];
        const covered = context.read(coveredServices);
        return requirement.services.flatMap((id, index): Remark[] => {
          const service = context.model.get('Service', id);
          if (!service || covered.includes(id) || !isInUse(service, context)) return [];
          const [plan] = context.model.all('ContinuityPlan');
          return [
            shortfall(`No continuity plan covers ${named(service)}, which has to be back in time by this requirement.`, {
              place: placeOf(requirement, 'services', index),
              fixes: plan ? [addFact(`Let ${named(plan)} cover it`, placeOf(plan), `services ${id}`)] : [],
            }),
          ];
        });
      },
    }),
  ],
});

/** A row that asks what each plan says. */
function plans(row: string, check: (plan: ContinuityPlan, context: RuleContext) => readonly Remark[], more: { readonly evidence?: 'derived' | 'document'; readonly trigger?: Query<Trigger> } = { evidence }): Rule {
  return rule(row, { ...more, parts: [each('ContinuityPlan', { none: more.trigger ? null : noPlan, check })] });
}

export const invocation: Rule = plans('8.7.2.a', (plan) =>
  stated(plan, planKind, [
    { said: isFilledIn(plan.invocationCriteria), what: 'when it is invoked', line: 'invoke when "${1:TODO what leads to it}"' },
    { said: someFilledIn(plan.invokers), what: 'by whom it is invoked', line: 'invoked by ${1:TODO}' },
  ]),
);

export const procedures: Rule = plans('8.7.2.b', (plan, { model }) => {
  const declared = plan.procedures.flatMap((id) => model.get('Procedure', id) ?? []);
  if (declared.length === 0) return stated(plan, planKind, [{ said: false, what: 'by which procedures a major loss of service is handled', line: 'procedures ${1:TODO}' }]);
  if (declared.some(({ file }) => isFilledIn(file))) return [];
  const [first] = declared;
  return [
    shortfall(`${planKind} ${named(plan)} refers to the procedure ${named(first!)}, which names no document.`, {
      place: placeOf(plan, 'procedures', 0),
      fixes: [addFact('Name its document', placeOf(first!), 'file "${1:TODO path of the document}"')],
    }),
  ];
});

export const availabilityTargets: Rule = plans('8.7.2.c', (plan) =>
  stated(plan, planKind, [{ said: plan.targets.some(({ value }) => isNotZero(value)), what: 'which availability is aimed at once it is invoked', line: 'availability ${1:TODO} >= ${2:0%}' }]),
);

export const recoveryRequirements: Rule = plans('8.7.2.d', (plan, context) => {
  const { model } = context;
  const services = servicesOf(plan, context).map(({ name }) => name);
  const referred = plan.requirements.flatMap((id, index) => {
    const requirement = model.get('ContinuityRequirement', id);
    return requirement ? [{ requirement, index }] : [];
  });
  const wanted = [...new Set(services.flatMap((service) => requirementsFor(service, context).filter(isRequired)))];
  const missing = wanted.filter((requirement) => !plan.requirements.includes(requirement.name));
  const remarks: Remark[] = referred
    .filter(({ requirement }) => !requirement.services.some((service) => services.includes(service)))
    .map(({ requirement, index }) => shortfall(`${planKind} ${named(plan)} refers to ${named(requirement)}, which is a requirement of none of its services.`, { place: placeOf(plan, 'requirements', index) }));
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name).join(', ');
    remarks.push(
      shortfall(`${planKind} ${named(plan)} does not say that it recovers what ${firstOf(missing.map(named))} ${missing.length === 1 ? 'asks' : 'ask'} for.`, {
        place: placeOf(plan, 'requirements', 0),
        related: missing.slice(0, 5).map((requirement) => ({ place: placeOf(requirement), message: 'A requirement of a service of the plan' })),
        fixes: [addFact('Refer to what its services need', placeOf(plan), `recovers ${names}`)],
      }),
    );
  } else if (referred.length === 0) {
    remarks.push(...stated(plan, planKind, [{ said: false, what: 'which continuity requirements it fulfils', line: 'recovers ${1:TODO}' }]));
  }
  return remarks;
});

export const returnToNormal: Rule = plans('8.7.2.e', (plan) =>
  stated(plan, planKind, [{ said: isFilledIn(plan.returnToNormal), what: 'how normal working is brought back', line: 'return to normal "${1:TODO how}"' }]),
);

/** Names of sites where the services of a plan are, each in lower case by its id and its title. */
function usualSites(plan: ContinuityPlan, context: RuleContext): readonly (readonly string[])[] {
  const { model } = context;
  const declared = model.all('Organization').flatMap(({ sites }) => sites);
  const ids = new Set(
    servicesOf(plan, context).flatMap(({ name, sites }) => [
      ...sites,
      ...model.referrers('Service', name).flatMap(({ entity: { node } }) => (node.$type === 'ConfigurationItem' && node.supports.includes(name) && node.site !== undefined ? [node.site] : [])),
    ]),
  );
  // Where nothing says where the services are, they are at the only site there is.
  const usual = ids.size === 0 && declared.length === 1 ? declared : declared.filter(({ name }) => ids.has(name));
  return usual.map(({ name, title }) => [name, title ?? name].map((text) => text.toLowerCase()));
}

/** Whether a text names one of the usual sites and nothing else. */
function isUsualSite(text: string, sites: readonly (readonly string[])[]): boolean {
  const bare = text.toLowerCase().replace(/^(?:at|in|the)\s+|[\s.]+$/gu, '').replace(/^the\s+|\s+(?:site|office)$/gu, '');
  return sites.some((names) => names.includes(bare));
}

export const reachable: Rule = plans(
  '8.7.2.5',
  (plan, context) => {
    const remarks = stated(plan, planKind, [
      { said: isFilledIn(plan.contacts), what: 'where the list of contacts is', line: 'contacts "${1:TODO where the list is}"' },
      { said: isFilledIn(plan.offsite), what: 'where plan and list can be had when the usual place cannot be reached', line: 'offsite "${1:TODO where they can be had elsewhere}"' },
    ]);
    if (!isFilledIn(plan.offsite) || !isUsualSite(plan.offsite, usualSites(plan, context))) return remarks;
    return [...remarks, shortfall(`${planKind} ${named(plan)} is kept in ${plan.offsite}, which is where its services are: name another place.`, { place: placeOf(plan, 'offsite') })];
  },
  {},
);

/** Tests of a plan that were performed, the latest first. */
function testsOf(plan: ContinuityPlan, { model, asOf }: RuleContext): readonly { readonly test: ContinuityTest; readonly on: IsoDate }[] {
  const found = new Set<ContinuityTest>();
  for (const { entity: { node } } of model.referrers('ContinuityPlan', plan.name)) if (node.$type === 'ContinuityTest') found.add(node);
  return [...found]
    .flatMap((test) => {
      const on = performedOn(test, asOf);
      return on === undefined ? [] : [{ test, on }];
    })
    .sort((a, b) => (a.on > b.on ? -1 : a.on < b.on ? 1 : 0));
}

function performedOn({ performed }: ContinuityTest, asOf: IsoDate): IsoDate | undefined {
  return latestOf([performed], asOf);
}

function testScaffold(plan: ContinuityPlan): string {
  return `continuity test \${1:${plan.name}-test} "\${2:TODO what is tested}" of ${plan.name} {\n  performed \${3:0000-00-00}\n  scope "\${4:TODO what was tested}"\n  result "\${5:TODO what came of it}"\n  requirements met \${6:no}\n  file "\${7:TODO path of the report}"\n  reviewed \${8:0000-00-00}\n  deficiency "\${9:TODO what fell short}"\n}`;
}

export const tested: Rule = rule('8.7.2.6', {
  parts: [
    each('ContinuityPlan', {
      none: noPlan,
      check: (plan, context) => {
        const planned = context.plannedInterval('8.7.2.6');
        const interval = plan.testEvery === undefined ? planned.words : `every ${plan.testEvery}`;
        const fixes = [addDeclaration('Declare a test', placeOf(plan), testScaffold(plan))];
        const [latest] = testsOf(plan, context);
        if (!latest) return [shortfall(`${planKind} ${named(plan)} has not been tested; it is to be tested ${interval}.`, { place: placeOf(plan), axis: 'evidenced', fixes })];
        const due = intervalAfter(latest.on, plan.testEvery, planned.months);
        if (due !== undefined && due >= context.asOf) return [shown('evidenced')];
        return [shortfall(`${planKind} ${named(plan)} was last tested on ${latest.on}; by its interval (${interval}) a test was due${due === undefined ? '' : ` on ${due}`}.`, { place: placeOf(latest.test, 'performed'), axis: 'evidenced', fixes })];
      },
    }),
    eachTest((test) =>
      stated(
        test,
        testKind,
        [
          { said: isFilledIn(test.result), what: 'what came of it', line: 'result "${1:TODO what came of it}"' },
          // Only who was there can tell, so no word is proposed.
          { said: test.requirementsMet !== undefined, what: 'whether the continuity requirements were met (requirements met yes, or no)' },
        ],
        'evidenced',
      ),
    ),
  ],
});

const majorChange = query('a major change around a continuity plan', ({ model, asOf }): Trigger =>
  model.all('ContinuityPlan').some(({ lastMajorChange }) => latestOf([lastMajorChange], asOf) !== undefined) ? { applies: true } : { applies: false, reason: 'no continuity plan names a major change' },
);

export const retested: Rule = plans(
  '8.7.2.7',
  (plan, context) => {
    const { model, asOf } = context;
    const changed = latestOf([plan.lastMajorChange], asOf);
    if (changed === undefined) return [];
    if (testsOf(plan, context).some(({ on }) => on > changed)) return [shown('evidenced')];
    const planned = model.all('ContinuityTest').filter((test) => test.plans.includes(plan.name) && performedOn(test, asOf) === undefined && dateOf(test.planned) !== undefined);
    if (planned.some((test) => test.planned! >= asOf)) return [shown('evidenced')];
    const [late] = planned;
    if (late) return [shortfall(`${planKind} ${named(plan)} was to be tested again on ${late.planned}, after the major change of ${changed}, and was not. Write when it was, or a new date.`, { place: placeOf(late, 'planned'), axis: 'evidenced' })];
    return [
      shortfall(`What ${named(plan)} is about changed in a major way on ${changed}; since then it was not tested, and no test is planned.`, {
        place: placeOf(plan, 'lastMajorChange'),
        axis: 'evidenced',
        fixes: [addDeclaration('Plan a test', placeOf(plan), `continuity test \${1:${plan.name}-test} "\${2:TODO what is tested}" of ${plan.name} { planned \${3:0000-00-00} trigger "\${4:TODO which change}" }`)],
      }),
    ];
  },
  { evidence, trigger: majorChange },
);

const noTest = system((context) => {
  if (context.model.all('ContinuityTest').some((test) => performedOn(test, context.asOf) !== undefined)) return [];
  const [plan] = context.model.all('ContinuityPlan');
  return [shortfall('No test of a continuity plan has been performed.', { axis: 'evidenced', fixes: plan ? declareFixes(context, { title: 'Declare a test', text: testScaffold(plan) }) : declareFixes(context, noPlan.declare) })];
});

/** A check of each test that was performed. */
function eachTest(check: (test: ContinuityTest, context: RuleContext) => readonly Remark[]): readonly RulePart[] {
  return each('ContinuityTest', { none: null, check: (test, context) => (performedOn(test, context.asOf) === undefined ? [] : orShown(check(test, context))) });
}

function invokedOn({ invoked }: ContinuityInvocation, asOf: IsoDate): IsoDate | undefined {
  return latestOf([invoked], asOf);
}

function eachInvocation(check: (invocation: ContinuityInvocation, context: RuleContext) => readonly Remark[]): readonly RulePart[] {
  return each('ContinuityInvocation', { none: null, check: (invocation, context) => (invokedOn(invocation, context.asOf) === undefined ? [] : orShown(check(invocation, context))) });
}

function orShown(remarks: readonly Remark[]): readonly Remark[] {
  return remarks.length > 0 ? remarks : [shown('evidenced')];
}

export const testsRecorded: Rule = rule('8.7.2.8', {
  evidence,
  parts: [
    noTest,
    eachTest((test) =>
      stated(
        test,
        testKind,
        [
          { said: isFilledIn(test.result), what: 'what came of it', line: 'result "${1:TODO what came of it}"' },
          { said: isFilledIn(test.file), what: 'where the record of it is', line: 'file "${1:TODO path of the report}"' },
        ],
        'evidenced',
      ),
    ),
  ],
});

const invocationKind = 'The continuity invocation';
const reviewLine = 'reviewed ${1:0000-00-00}';

export const reviewed: Rule = rule('8.7.2.9', {
  parts: [
    noTest,
    eachTest((test, { asOf }) => stated(test, testKind, [{ said: (latestOf([test.reviewed], asOf) ?? '') >= performedOn(test, asOf)!, what: 'when it was reviewed afterwards', line: reviewLine }], 'evidenced')),
    eachInvocation((invocation, { asOf }) => stated(invocation, invocationKind, [{ said: (latestOf([invocation.reviewed], asOf) ?? '') >= invokedOn(invocation, asOf)!, what: 'when it was reviewed afterwards', line: reviewLine }], 'evidenced')),
  ],
});

function hasDeficiencies({ deficiencies, requirementsMet }: ContinuityTest): boolean {
  return someFilledIn(deficiencies) || requirementsMet === 'no';
}

/** Whether it says that nothing fell short: in words, or by requirements that were met. */
function hasNone({ noDeficiencies, requirementsMet }: ContinuityTest): boolean {
  return noDeficiencies || requirementsMet === 'yes';
}

const deficienciesFound = query('a continuity test found deficiencies', ({ model, asOf }): Trigger => {
  const performed = model.all('ContinuityTest').filter((test) => performedOn(test, asOf) !== undefined);
  return performed.every((test) => !hasDeficiencies(test) && hasNone(test)) ? { applies: false, reason: performed.length === 0 ? 'no continuity test was performed' : 'no test found a deficiency' } : { applies: true };
});

export const deficienciesMended: Rule = rule('8.7.2.10', {
  trigger: deficienciesFound,
  parts: [
    eachTest((test, context) => {
      if (!hasDeficiencies(test)) return stated(test, testKind, [{ said: hasNone(test), what: 'what fell short, or that nothing did', line: 'deficiency "${1:TODO what fell short}"' }], 'evidenced');
      return [...stated(test, testKind, [{ said: filledIn(test.actions).length > 0, what: 'what is done about what fell short', line: 'action "${1:TODO what is done}" owner ${2:TODO} due ${3:0000-00-00}' }], 'evidenced'), ...overdueActions(test, context)];
    }),
  ],
});

const planInvoked = query('a continuity plan was invoked', ({ model, asOf }): Trigger =>
  model.all('ContinuityInvocation').some((invocation) => invokedOn(invocation, asOf) !== undefined) ? { applies: true } : { applies: false, reason: 'no continuity plan was invoked' },
);

export const invocationsReported: Rule = rule('8.7.2.11', {
  trigger: planInvoked,
  evidence,
  parts: [
    eachInvocation((invocation, { asOf }) =>
      stated(
        invocation,
        invocationKind,
        [
          { said: isFilledIn(invocation.cause), what: 'what had happened', line: 'cause "${1:TODO what had happened}"' },
          { said: isFilledIn(invocation.impact), what: 'what effect it had', line: 'impact "${1:TODO its effect}"' },
          { said: isFilledIn(invocation.recovery), what: 'how services were recovered', line: 'recovery "${1:TODO how services were recovered}"' },
          { said: latestOf([invocation.reported], asOf) !== undefined, what: 'when that was reported', line: 'reported ${1:0000-00-00}' },
        ],
        'evidenced',
      ),
    ),
  ],
});
