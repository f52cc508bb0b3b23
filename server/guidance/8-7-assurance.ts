/** Recommendations for clause 8.7, service assurance. */
import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { isWithinMonths, latestOf } from '../assessment/dates.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { isFieldMapped } from '../assessment/records.ts';
import { addDeclaration, addFact, placeOf, shortfall } from '../assessment/remark.ts';
import { declareFixes, each, query, recommended, system, type Rule, type RuleContext } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { firstOf, named } from '../assessment/wording.ts';
import { approvedChanges, changeKind, changesPlural } from '../iso20000/change-records.ts';
import { peopleOf } from '../iso20000/people-of-party.ts';
import { isInUse } from '../iso20000/services-in-scope.ts';
import { advisedRecords } from './advised-records.ts';
import { mentions } from './mentions.ts';
import { says } from './says.ts';

type Asset = DeclarationTypes['Asset'];
type ContinuityPlan = DeclarationTypes['ContinuityPlan'];
type ContinuityTest = DeclarationTypes['ContinuityTest'];
type SecurityControl = DeclarationTypes['SecurityControl'];

/** Availability is measured from outages: those of services, and told apart by whether they were agreed. */
export const availabilityForUsers: Rule = recommended('G.8.7.1.1', {
  parts: [
    advisedRecords({
      id: 'G.8.7.1.1',
      kind: 'outage',
      plural: 'outages',
      advice: () => [
        { name: 'service', meets: 'service is not empty', fields: ['service'], of: 'outages', lacks: 'name no service, so they are of components, and what users noticed is not told', question: 'outages are of services, as users notice them, or of components' },
        { name: 'planned', meets: 'planned is not empty', fields: ['planned'], of: 'outages', lacks: 'do not say whether they were planned', question: 'an outage was planned' },
      ],
    }),
  ],
});

/** So many services that rest on one component make it a weak spot. */
const manyServices = 2;

/** Ids of components on which several services in use depend directly, and for which nothing stands in. */
const singlePoints = query('single points of failure', (context) => {
  const users = new Map<string, Set<string>>();
  for (const service of context.model.all('Service')) {
    if (!isInUse(service, context)) continue;
    for (const { redundant, on } of service.dependencies) {
      if (redundant && on.length > 1) continue;
      for (const id of on) users.set(id, (users.get(id) ?? new Set()).add(service.name));
    }
  }
  return [...users].filter(([id, services]) => services.size >= manyServices && context.model.get('ConfigurationItem', id) !== undefined).map(([id, services]) => ({ id, services: services.size })).sort((a, b) => b.services - a.services || (a.id < b.id ? -1 : 1));
});

/** Weak spots are what risks of the latest assessment affect; those that the dependencies of services show should be among them. */
export const weakSpots: Rule = recommended('G.8.7.1.2', {
  parts: [
    each('RiskAssessment', {
      where: ({ domain }) => domain === 'availability',
      none: null,
      check: (assessment, context) => {
        const { model, asOf } = context;
        const latest = latestOf(model.all('RiskAssessment').map(({ domain, performed }) => (domain === 'availability' ? performed : undefined)), asOf);
        const risks = assessment.risks.flatMap((id) => model.get('Risk', id) ?? []);
        if (latest === undefined || assessment.performed !== latest || risks.length === 0) return [];
        const affected = new Set(risks.flatMap(({ affects }) => affects));
        const place = placeOf(assessment, 'risks', 0);
        if (affected.size === 0) {
          return [shortfall(`No risk of ${named(assessment)} says which component is the weak spot: affects COMPONENT, at the risk.`, { place, fixes: risks.map((risk) => addFact(`Say what ${named(risk)} affects`, placeOf(risk), 'affects ${1:TODO}')) })];
        }
        const missing = context.read(singlePoints).filter(({ id }) => !affected.has(id));
        if (missing.length === 0) return [];
        const [first] = missing;
        return [
          shortfall(`Nothing stands in for ${firstOf(missing.map(({ id, services }) => `${named(model.get('ConfigurationItem', id) ?? { name: id })} (${services} services depend on it)`))}, and no risk of ${named(assessment)} affects ${missing.length === 1 ? 'it' : 'these'}. Look at single points of failure before they fail.`, {
            place,
            related: missing.slice(0, 5).flatMap(({ id }) => { const item = model.get('ConfigurationItem', id); return item ? [{ place: placeOf(item), message: 'A single point of failure' }] : []; }),
            fixes: [addDeclaration(`Declare a risk to ${first!.id}`, placeOf(assessment), `risk ${first!.id}-fails "\${1:TODO what happens when it fails}" {\n  category availability\n  affects ${first!.id}\n  assessed \${2:0000-00-00}\n  likelihood \${3:0} impact \${4:0}\n  owner \${5:TODO}\n}`)],
          }),
        ];
      },
    }),
  ],
});

const testMonths = 12;

/** Tests of a plan that were performed. */
function testsOf({ name }: ContinuityPlan, { model, asOf }: RuleContext): readonly ContinuityTest[] {
  return model.all('ContinuityTest').filter(({ plans, performed }) => plans.includes(name) && latestOf([performed], asOf) !== undefined);
}

/** At least once a year, whatever interval the plan sets. Who took part in a test is told by its report. */
export const testedEachYear: Rule = recommended('G.8.7.2.1', {
  parts: [
    each('ContinuityPlan', {
      none: null,
      check: (plan, context) => {
        const tests = testsOf(plan, context);
        if (tests.some(({ performed }) => isWithinMonths(performed, testMonths, context.asOf))) return [];
        const last = latestOf(tests.map(({ performed }) => performed), context.asOf);
        return [
          shortfall(`The continuity plan ${named(plan)} was ${last === undefined ? 'never tested' : `last tested on ${last}`}. Test it at least once a year, with customers where it matters.`, {
            place: placeOf(plan),
            fixes: [addDeclaration('Plan a test', placeOf(plan), `continuity test \${1:${plan.name}-test} "\${2:TODO what is tested}" of ${plan.name} {\n  planned \${3:0000-00-00}\n  scope "\${4:TODO what is tested, and which customers take part}"\n}`)],
          }),
        ];
      },
    }),
  ],
});

/** That restoring was tried is told by words of what was tested and what came of it. */
export const backUpsRestored: Rule = recommended('G.8.7.2.2', {
  parts: [
    each('ContinuityPlan', {
      none: null,
      check: (plan, context) => {
        const tests = testsOf(plan, context);
        const isTried = tests.length === 0 || tests.some(({ title, scope, result }) => says([title, scope, result], /restor|recover|back[- ]?ups?\b|\bback (?:after|within|in)\b|rebuil[dt]|read back|copies|\bcopy\b/i));
        return [
          ...stated(plan, 'The continuity plan', [{ said: isFilledIn(plan.offsite), what: 'what is kept away from the main site', line: 'offsite "${1:TODO where back-ups, documents and equipment are}"' }]),
          ...(isTried ? [] : [shortfall(`No test of the continuity plan ${named(plan)} says that something was restored from a back-up. Try it, and say so in what the test covers.`, { place: placeOf(plan) })]),
        ];
      },
    }),
  ],
});

const continuityWords = /continuity|recovery|disaster|emergenc|crisis/i;

/** People who were trained for a plan: in an activity that names it or its subject, or who are competent in it. */
function trainedFor(plan: ContinuityPlan, context: RuleContext): (person: string) => boolean {
  const { model, asOf } = context;
  const activities = model.all('Awareness').filter(({ name, title, file, performed }) => latestOf([performed], asOf) !== undefined && (says([name, title, file], continuityWords) || mentions([name, title, file], [plan.name, plan.title])));
  if (activities.some(({ everyone }) => everyone)) return () => true;
  const present = new Set(activities.flatMap(({ attendees, audience }) => (attendees.length > 0 ? attendees : audience)).flatMap((party) => peopleOf(party, context)));
  return (person) => {
    if (present.has(person)) return true;
    return (model.get('Person', person)?.competences ?? []).some(({ requirement, gap }) => {
      const [role, name] = requirement.split('.');
      const skill = model.get('Role', role)?.competences.find((one) => one.name === name)?.skill;
      return gap === undefined && says([name, skill], continuityWords);
    });
  };
}

/** The list of contacts is a document; who has a part in the plan in any case are those who invoke it. */
export const peopleTrained: Rule = recommended('G.8.7.2.3', {
  parts: [
    each('ContinuityPlan', {
      where: ({ invokers }) => invokers.length > 0,
      none: null,
      check: (plan, context) => {
        const { model } = context;
        const isTrained = trainedFor(plan, context);
        return plan.invokers.flatMap((invoker, index) => {
          const untrained = [...new Set(peopleOf(invoker, context))].flatMap((id) => model.get('Person', id) ?? []).filter(({ name }) => !isTrained(name));
          if (untrained.length === 0) return [];
          return [
            shortfall(`Nothing shows that ${firstOf(untrained.map(named))} ${untrained.length === 1 ? 'was' : 'were'} trained for a part in ${named(plan)}.`, {
              place: placeOf(plan, 'invokers', index),
              fixes: [addDeclaration('Declare the training', placeOf(plan), `awareness \${1:continuity-training} "\${2:Our part in the continuity plan}" {\n  topics contribution\n  audience ${invoker}\n  attendees ${untrained.map(({ name }) => name).join(', ')}\n  performed \${3:0000-00-00}\n}`)],
            }),
          ];
        });
      },
    }),
  ],
});

/** With so many controls, information security is large enough for a catalogue of them. */
const manyControls = 5;
const controlCatalogues = /2700[12]|\bannex a\b|\bA\.? ?\d{1,2}\.\d{1,2}\b|\b[5-8]\.\d{1,2}\b|NIST|\bCIS\b|\bBSI\b|\bC5\b|PCI|COBIT|SOC ?2/i;

function namesCatalogue({ name, title, decision }: SecurityControl): boolean {
  return says([name, title, decision], controlCatalogues);
}

/** A control has no field for it: a reference stands in its title or in what was decided. */
export const controlCatalogue: Rule = recommended('G.8.7.3.2.1', {
  parts: [
    system(({ model }) => {
      const controls = model.all('SecurityControl').filter(({ status }) => status !== 'rejected');
      const missing = controls.filter((control) => !namesCatalogue(control));
      const [first] = missing;
      if (controls.length < manyControls || !first) return [];
      return [
        shortfall(`${missing.length} of ${controls.length} security controls name no control of a catalogue, such as that of ISO/IEC 27001, so it is not seen which are left out: ${firstOf(missing.map(named))}. Write its number into title or decision.`, {
          place: placeOf(first),
          related: missing.slice(1, 6).map((control) => ({ place: placeOf(control), message: 'Names no control of a catalogue, either' })),
        }),
      ];
    }),
  ],
});

function isInformation({ type }: Asset): boolean {
  return says([type], /^(?:information|data)\b/i);
}

const classes = /public|open\b|internal|confidential|restricted|secret|sensitive|protected|personal/i;

/** An asset has no field for its classification: it stands in its type or title. */
export const informationAssets: Rule = recommended('G.8.7.3.2.2', {
  parts: [
    system((context) => {
      const { model } = context;
      const cares = model.all('SecurityControl').length > 0 || model.all('Policy').some(({ kind }) => kind === 'information-security');
      // Where assets come from a register, its records tell.
      if (!cares || model.all('Asset').some(isInformation) || isFieldMapped('asset', 'type', context)) return [];
      return [
        shortfall('No asset of type information is declared, so it is not seen which information is to be protected, and whose it is.', {
          fixes: declareFixes(context, { title: 'Declare an information asset', text: 'asset ${1:customer-data} "${2:TODO which information}" {\n  type "information, ${3:confidential}"\n  owner ${4:TODO}\n  services ${5:TODO}\n}' }),
        }),
      ];
    }),
    each('Asset', {
      where: isInformation,
      none: null,
      check: (asset) => [
        ...stated(asset, 'The information asset', [{ said: isFilledIn(asset.owner), what: 'whose it is', line: 'owner ${1:TODO}' }]),
        ...(says([asset.type, asset.title], classes) ? [] : [shortfall(`The information asset ${named(asset)} does not say how it is classified: type "information, confidential".`, { place: placeOf(asset, 'type') })]),
      ],
    }),
    advisedRecords({
      id: 'G.8.7.3.2.2',
      kind: 'asset',
      plural: 'assets',
      advice: ({ model }) =>
        model.all('Asset').some(isInformation)
          ? []
          : [{ name: 'information', some: true, meets: 'type matches "(?i)^(information|data)"', fields: ['type'], of: 'assets', lacks: 'is information, so it is not seen which information is to be protected', question: 'information is among the assets' }],
    }),
  ],
});

/** Changes that are approved in advance were assessed with their category: how it is handled says so in its words. */
export const changesForSecurity: Rule = recommended('G.8.7.3.2.3', {
  parts: [
    each('ChangeCategory', {
      where: ({ preapproved, handling }) => preapproved && isFilledIn(handling),
      none: null,
      check: (category) =>
        says([category.handling], /secur|protect|confidential|access|harm/i)
          ? []
          : [shortfall(`Changes of the category ${named(category)} are approved in advance, and how they are handled does not say what they mean for information security. Assess it once, and say it there.`, { place: placeOf(category, 'handling') })],
    }),
    advisedRecords({
      id: 'G.8.7.3.2.3',
      kind: changeKind,
      plural: changesPlural,
      advice: (context) => {
        const approved = approvedChanges(context);
        return [
          {
            name: 'security',
            where: approved.text,
            meets: 'impact-security is not empty',
            fields: [...approved.fields, 'impact-security'],
            of: 'approved changes',
            lacks: 'do not say their effect on information security, or that there is none (“none”)',
            question: 'changes are assessed for their effect on security controls',
          },
        ];
      },
    }),
  ],
});

/** A communication of which words say that security events are reported. That it reaches everybody is told by its audience. */
export const easyReporting: Rule = recommended('G.8.7.3.3.1', {
  parts: [
    system((context) => {
      const { model } = context;
      const cares = model.all('SecurityControl').length > 0 || model.all('Policy').some(({ kind }) => kind === 'information-security') || model.all('Source').some(({ recordKind }) => recordKind === 'security-incident');
      if (!cares) return [];
      const found = model.all('Communication').filter(({ name, title, covers }) => says([name, title, covers.join(' ')], /(?:security|phish|breach).*(?:report|event|incident|alarm)|(?:report|alarm).*(?:security|phish|breach|event)/i));
      if (found.length === 0) {
        return [
          shortfall('No communication tells everybody how to report what looks like a security event.', {
            fixes: declareFixes(context, { title: 'Declare how security events are reported', text: 'communication ${1:security-reporting} "${2:Report security events at once}" {\n  direction internal\n  covers security-reporting\n  audience "${3:Everybody}"\n  channel "${4:TODO by which way they are reported}"\n  timing "${5:TODO when people are told}"\n  responsible ${6:TODO}\n}' }),
          }),
        ];
      }
      const missing = found.map((communication) =>
        stated(communication, 'The communication', [
          { said: communication.audience.some(({ party, text }) => isFilledIn(party ?? text)), what: 'that it is for everybody', line: 'audience "${1:Everybody}"' },
          { said: isFilledIn(communication.channel), what: 'by which way events are reported', line: 'channel "${1:TODO by which way they are reported}"' },
        ]),
      );
      return missing.some((own) => own.length === 0) ? [] : missing[0]!;
    }),
  ],
});
