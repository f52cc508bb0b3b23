/** Clause 5.1, leadership and commitment. */
import { documentedInformation } from '../../language/catalogue/documented-information.ts';
import type { DeclarationTypes, Improvement, Service } from '../../language/model/declarations.ts';
import { nextReview } from '../assessment/approvals.ts';
import { dateOf, isWithinMonths, latestOf } from '../assessment/dates.ts';
import { isFilledIn, someFilledIn } from '../assessment/filled-in.ts';
import { addDeclaration, addFact, placeOf, shortfall, type Remark } from '../assessment/remark.ts';
import { declareFixes, each, query, rule, system, type NewDeclaration, type Rule, type RuleContext } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { listed, named } from '../assessment/wording.ts';
import { attested } from './attestations.ts';
import { checkProvided, isCurrent } from './resources.ts';
import { ofServicePolicy } from './service-policy.ts';
import { isLive } from './services-in-scope.ts';
import { ofTheOrganization } from './the-organization.ts';
import { checkApprovedByTopManagement, hasTopManagement, isTopManagement, noTopManagement } from './top-management.ts';

type Communication = DeclarationTypes['Communication'];
type ManagementReview = DeclarationTypes['ManagementReview'];
type Plan = DeclarationTypes['ServiceManagementPlan'];
type Resource = DeclarationTypes['Resource'];
type Role = DeclarationTypes['Role'];
type Supplier = DeclarationTypes['Supplier'];

export const policyAndObjectives: Rule = rule('5.1.a', {
  parts: [
    ofServicePolicy((policy, context) => checkApprovedByTopManagement(policy, 'the service management policy', context)),
    system((context) => {
      if (context.model.all('Objective').some(({ title, statement }) => isFilledIn(title) || isFilledIn(statement))) return [];
      return [
        shortfall('No service management objective is declared.', {
          fixes: declareFixes(context, {
            title: 'Declare an objective',
            text: 'objective ${1:objective} "${2:TODO what is to be achieved}" {\n  metric ${3:TODO} to ${4:0%} by ${5:0000-00-00}\n  policy ${6:TODO}\n  owner ${7:TODO}\n}',
          }),
        }),
      ];
    }),
    attested('5.1.a'),
  ],
});

const planMonths = documentedInformation.get('di.sm-plan')?.suggestedReviewMonths ?? 12;

export const planInPlace: Rule = rule('5.1.b', {
  parts: [
    each('ServiceManagementPlan', {
      none: {
        message: 'No service management plan is declared.',
        declare: {
          title: 'Declare the service management plan',
          text: `service management plan \${1:plan} "\${2:Service management plan}" {\n  policies all\n  objectives all\n  services all\n  file "\${3:TODO path of the document}" version "\${4:TODO}"\n  owner \${5:TODO}\n  approved by \${6:TODO} on \${7:0000-00-00}\n  review every ${planMonths}mo\n}`,
        },
      },
      check: (plan, context) => [...checkApprovedByTopManagement(plan, 'the service management plan', context), ...checkPlanReview(plan, context)],
    }),
  ],
});

function checkPlanReview(plan: Plan, { asOf }: RuleContext): readonly Remark[] {
  if (!plan.review) {
    return [shortfall(`The service management plan ${named(plan)} does not say when it is reviewed next.`, { place: placeOf(plan), fixes: [addFact('Plan its review', placeOf(plan), `review every ${planMonths}mo`)] })];
  }
  const review = nextReview(plan, asOf, planMonths);
  if (!review || review.due >= asOf) return [];
  return [
    shortfall(`The service management plan ${named(plan)} was last approved or reviewed on ${review.last}; by its interval (every ${plan.review.every}) a review was due on ${review.due}.`, {
      place: plan.review.last === undefined ? placeOf(plan, 'review') : placeOf(plan, 'review', 'last'),
    }),
  ];
}

const isAuthorized = ({ authorities }: Role): boolean => someFilledIn(authorities);

/** Roles for the system as a whole that hold authority, held by somebody. */
const systemRoles = query('roles with authority over the system', ({ model }) => model.all('Role').flatMap((role) => (role.system === true && isAuthorized(role) && role.holders.some((holder) => model.get('Person', holder)) ? [role.name] : [])));

export const decisionAuthority: Rule = rule('5.1.c', {
  parts: [
    system((context) => {
      const roles = context.model.all('Role').filter(({ system: forSystem }) => forSystem === true);
      if (roles.some((role) => isAuthorized(role) && isFilledIn(role.decides))) return [];
      const [role] = roles;
      if (!role) {
        return [
          shortfall('No role has authority over the service management system: “for system”, with its authorities and what it decides.', {
            fixes: declareFixes(context, {
              title: 'Declare a role with authority over the system',
              text: 'role ${1:service-manager} "${2:TODO title}" held by ${3:TODO} {\n  for system\n  authorities "${4:TODO what it may do}"\n  decides "${5:TODO what it decides on}"\n}',
            }),
          }),
        ];
      }
      return stated(role, 'The role for the system', [
        { said: isAuthorized(role), what: 'which authorities it has', line: 'authorities "${1:TODO what it may do}"' },
        { said: isFilledIn(role.decides), what: 'what it decides on', line: 'decides "${1:TODO what it decides on}"' },
      ]);
    }),
    each('Service', {
      none: null,
      check: (service, context) => {
        if (!isLive(service, context) || context.read(systemRoles).length > 0 || rolesOf(service, context).some((role) => isAuthorized(role) && role.holders.some((holder) => context.model.get('Person', holder)))) return [];
        return [
          shortfall(`No role that somebody holds has authority for ${named(service)}: for the service itself, or for the whole system.`, {
            fixes: [
              addDeclaration(
                'Declare a role for it',
                placeOf(service),
                `role \${1:${service.name}-owner} "\${2:TODO title}" held by \${3:TODO} {\n  for ${service.name}\n  authorities "\${4:TODO what it may do}"\n}`,
              ),
            ],
          }),
        ];
      },
    }),
    attested('5.1.c'),
  ],
});

/** Roles for a service, and the one that owns it. */
function rolesOf(service: Service, { model }: RuleContext): readonly Role[] {
  const roles = model.referrers('Service', service.name).flatMap(({ entity: { node } }) => (node.$type === 'Role' ? [node] : []));
  const owner = model.get('Role', service.owner);
  return owner ? [...roles, owner] : roles;
}

export const valueDetermined: Rule = rule('5.1.d', {
  parts: [
    ofTheOrganization((organization) =>
      isFilledIn(organization.value)
        ? []
        : [
            shortfall(`${named(organization)} does not say what counts as value for it and its customers.`, {
              fixes: [addFact('Say what counts as value', placeOf(organization), 'value "${1:TODO what the services are worth, to whom}"')],
            }),
          ],
    ),
    each('Service', {
      none: { message: 'No service is declared, so nothing says which outcomes are of value.' },
      check: (service, context) => {
        if (!isLive(service, context) || someFilledIn(service.outcomes) || someFilledIn(outcomesInCatalogues(service, context))) return [];
        return [shortfall(`Nothing says what customers achieve with ${named(service)}.`, { fixes: [addFact('Add an outcome', placeOf(service), 'outcome "${1:TODO what customers achieve with it}"')] })];
      },
    }),
    attested('5.1.d'),
  ],
});

function outcomesInCatalogues(service: Service, { model }: RuleContext): readonly string[] {
  return model.referrers('Service', service.name).flatMap(({ entity: { node } }) => (node.$type === 'ServiceCatalogue' ? node.entries.flatMap((entry) => (entry.service === service.name ? entry.outcomes : [])) : []));
}

export const otherPartiesControlled: Rule = rule('5.1.e', {
  parts: [each('Supplier', { none: null, check: checkSupplier }), attested('5.1.e')],
});

function checkSupplier(supplier: Supplier, { asOf }: RuleContext): readonly Remark[] {
  const remarks: Remark[] = [];
  if (!isFilledIn(supplier.manager)) {
    remarks.push(shortfall(`Nobody manages the relationship with ${named(supplier)}.`, { place: placeOf(supplier, 'manager'), fixes: [addFact('Name who manages it', placeOf(supplier), 'manager ${1:TODO}')] }));
  }
  if (!supplier.controls.some(({ applied }) => latestOf([applied], asOf) !== undefined)) {
    const index = supplier.controls.length - 1;
    remarks.push(
      shortfall(index < 0 ? `No control of ${named(supplier)} is declared, so what it does in the services is not seen to be controlled.` : `No control of ${named(supplier)} has been applied yet: applied DATE.`, {
        place: index < 0 ? placeOf(supplier) : placeOf(supplier, 'controls', index, 'name'),
        fixes: index < 0 ? [addFact('Add a control', placeOf(supplier), 'control ${1:performance} process-performance every ${2:3mo} applied ${3:0000-00-00} result "${4:TODO}"')] : [],
      }),
    );
  }
  return remarks;
}

export const builtIntoBusiness: Rule = rule('5.1.f', { parts: [attested('5.1.f', { statement: true })] });

export const resourcesAvailable: Rule = rule('5.1.g', {
  parts: [
    system((context) => {
      if (context.model.all('Resource').some((resource) => isCurrent(resource, context))) return [];
      return [
        shortfall('No resource is declared for the current period: what the system and the services need, and what there is.', {
          fixes: declareFixes(context, { title: 'Declare a resource', text: 'resource ${1:people} "${2:TODO which}" {\n  kind ${3:human}\n  for system\n  needed ${4:0} ${5:fte} provided ${6:0} ${5:fte}\n}' }),
        }),
      ];
    }),
    each('Resource', { none: null, check: (resource, context) => (isCurrent(resource, context) ? checkResource(resource) : []) }),
    attested('5.1.g'),
  ],
});

function checkResource(resource: Resource): readonly Remark[] {
  return checkProvided(resource, {
    also: [{ said: resource.kind !== undefined, what: 'of what kind it is (kind human, technical, information or financial)' }],
    covers: ({ done }) => done === undefined,
  });
}

export const importanceCommunicated: Rule = rule('5.1.h', {
  parts: [
    system((context) => {
      const { asOf, model } = context;
      const { months, words } = context.plannedInterval('5.1.h');
      const told = model.all('Communication').filter((communication) => speaksOfImportance(communication, context));
      const byTop = told.filter(({ responsible, audience }) => isTopManagement(responsible, context) && audience.some(({ party, text }) => isFilledIn(party) || isFilledIn(text)));
      if (byTop.some(({ performed }) => performed.some((date) => isWithinMonths(date, months, asOf)))) return [];
      if (!hasTopManagement(context)) return [noTopManagement('so nobody is seen to tell people for it why service management matters', context)];
      const latest = byTop.map((communication) => ({ communication, on: latestOf(communication.performed, asOf) })).sort((a, b) => ((a.on ?? '') > (b.on ?? '') ? -1 : 1))[0];
      if (latest) {
        const { communication, on } = latest;
        const since = on === undefined ? 'has not been performed yet' : `was last performed on ${on}`;
        return [
          shortfall(`The communication ${named(communication)} by top management ${since}; it is expected ${words}.`, {
            place: placeOf(communication, 'performed', Math.max(0, communication.performed.length - 1)),
            fixes: [addFact('Say when it was performed', placeOf(communication), 'performed ${1:0000-00-00}')],
          }),
        ];
      }
      return [
        shortfall('No communication by top management about the policy, the objectives or value is declared: one that is about them (or covers policy, objectives or value), with its audience, and for which somebody of top management is responsible.', {
          fixes: declareFixes(context, importanceScaffold),
        }),
      ];
    }),
    attested('5.1.h'),
  ],
});

const importanceScaffold: NewDeclaration = {
  title: 'Declare the communication',
  text: 'communication ${1:why-it-matters} "${2:TODO what is told}" {\n  direction internal\n  covers policy, objectives, value\n  audience "${3:TODO whom}"\n  channel "${4:TODO how}"\n  responsible ${5:TODO}\n  performed ${6:0000-00-00}\n}',
};

function speaksOfImportance({ about, covers }: Communication, { model }: RuleContext): boolean {
  return about.some((id) => model.get('Policy', id) ?? model.get('Objective', id)) || covers.some((topic) => /^(?:polic(?:y|ies)|objectives?|value)$/i.test(topic));
}

/** The latest management review that was held. */
function latestReview({ model, asOf }: RuleContext): ManagementReview | undefined {
  return model
    .all('ManagementReview')
    .filter(({ held }) => latestOf([held], asOf) !== undefined)
    .sort((a, b) => ((a.held ?? '') > (b.held ?? '') ? -1 : (a.held ?? '') < (b.held ?? '') ? 1 : 0))[0];
}

export const outcomesAchieved: Rule = rule('5.1.i', {
  parts: [
    system((context) => {
      const review = latestReview(context);
      if (!review) {
        return [
          shortfall('No management review has been held, so nothing shows whether the system achieves what it is meant to.', {
            fixes: declareFixes(context, {
              title: 'Declare the management review',
              text: 'management review ${1:review} "${2:Management review}" {\n  held ${3:0000-00-00} chair ${4:TODO}\n  input objectives "${5:TODO how far objectives are achieved}"\n  conclusion "${6:TODO whether the system is effective}"\n}',
            }),
          }),
        ];
      }
      const place = placeOf(review);
      const missing = [
        ...(review.inputsAuto === true || review.inputs.some(({ kind, text }) => kind === 'objectives' && isFilledIn(text))
          ? []
          : [{ what: 'look at how far objectives are achieved', fix: addFact('Add the input', place, 'input objectives "${1:TODO how far objectives are achieved}"') }]),
        ...(isFilledIn(review.conclusion) || review.decisions.some(({ subject, action }) => subject === 'effectiveness' && isFilledIn(action.text))
          ? []
          : [{ what: 'conclude whether the system is effective', fix: addFact('Add the conclusion', place, 'conclusion "${1:TODO whether the system is effective}"') }]),
      ];
      if (missing.length === 0) return [];
      return [shortfall(`The latest management review, ${named(review)}, does not ${listed(missing.map(({ what }) => what), 'or')}.`, { place, fixes: missing.map(({ fix }) => fix) })];
    }),
    attested('5.1.i'),
  ],
});

export const peopleSupported: Rule = rule('5.1.j', { parts: [attested('5.1.j', { statement: true })] });

const promotionMonths = 12;

export const improvementPromoted: Rule = rule('5.1.k', {
  parts: [
    system((context) => {
      const { model } = context;
      const improvements = model.all('Improvement');
      if (improvements.some((improvement) => isPromoted(improvement, context))) return [];
      if (!hasTopManagement(context)) return [noTopManagement('so no improvement is seen to be promoted by it', context)];
      const [latest] = improvements
        .filter(({ status }) => status !== 'rejected')
        .sort((a, b) => compareDates(b.decidedOn ?? b.recorded, a.decidedOn ?? a.recorded));
      return [
        shortfall(`No improvement was approved by top management, or reported to it, in the last ${promotionMonths} months.`, {
          fixes: latest
            ? [
                addFact(`Say who decided on ${named(latest)}`, placeOf(latest), 'decision "${1:TODO what was decided}" by ${2:TODO} on ${3:0000-00-00}'),
                addFact(`Say to whom ${named(latest)} was reported`, placeOf(latest), 'reported ${1:0000-00-00} to ${2:TODO}'),
              ]
            : declareFixes(context, {
                title: 'Declare an improvement',
                text: 'improvement ${1:improvement} "${2:TODO what becomes better}" {\n  owner ${3:TODO}\n  decision "${4:TODO what was decided}" by ${5:TODO} on ${6:0000-00-00}\n}',
              }),
        }),
      ];
    }),
    attested('5.1.k'),
  ],
});

function isPromoted({ status, decidedBy, decidedOn, reported, reportedTo }: Improvement, context: RuleContext): boolean {
  const isApproved = status !== 'rejected' && isTopManagement(decidedBy, context) && isWithinMonths(decidedOn, promotionMonths, context.asOf);
  return isApproved || (reportedTo.some((id) => isTopManagement(id, context)) && isWithinMonths(reported, promotionMonths, context.asOf));
}

function compareDates(a: string | undefined, b: string | undefined): number {
  const [left, right] = [dateOf(a) ?? '', dateOf(b) ?? ''];
  return left < right ? -1 : left > right ? 1 : 0;
}

export const managersSupported: Rule = rule('5.1.l', { parts: [attested('5.1.l', { statement: true })] });
