/** Recommendations for clause 8.5, service design, build and transition. */
import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { addMonths } from '../../language/values/date.ts';
import { dateOf, latestOf } from '../assessment/dates.ts';
import { isFilledIn, isNotZero } from '../assessment/filled-in.ts';
import { isFieldMapped } from '../assessment/records.ts';
import { addDeclaration, addFact, placeOf, shortfall } from '../assessment/remark.ts';
import { each, query, recommended, system, type Rule, type RuleContext } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { listed, named } from '../assessment/wording.ts';
import { changePolicy } from '../iso20000/change-policy.ts';
import { approvedChanges, changeKind, changesPlural, oneOf, type ChangeCondition } from '../iso20000/change-records.ts';
import { isCompleted, kindOf, type Transition } from '../iso20000/transitions.ts';
import { advisedRecords } from './advised-records.ts';
import { mentions } from './mentions.ts';
import { says } from './says.ts';

type Category = DeclarationTypes['ChangeCategory'];

export const preApprovedChanges: Rule = recommended('G.8.5.1.1.1', {
  parts: [
    system((context) => {
      const categories = context.model.all('ChangeCategory');
      const [first] = categories;
      if (!first || categories.some(({ preapproved }) => preapproved)) return [];
      const policy = changePolicy(context);
      return [
        shortfall('No change category is approved in advance, so each small change waits for a decision of its own. Describe what is done often at low risk, and approve it once: pre approved.', {
          place: policy ? placeOf(policy, 'categories', 0) : placeOf(first),
          fixes: [addDeclaration('Declare a category that is approved in advance', placeOf(first), 'change category ${1:standard} "${2:Done often, known well}" {\n  handling "${3:TODO which changes these are, by which steps they are made, and when they are stopped}"\n  pre approved\n  route standard-change-process\n}')],
        }),
      ];
    }),
    each('ChangeCategory', {
      where: ({ preapproved }) => preapproved,
      none: null,
      check: (category) => stated(category, 'The change category', [{ said: isFilledIn(category.handling), what: 'by which steps its changes are made, although it is approved in advance', line: 'handling "${1:TODO which changes these are, and by which steps they are made}"' }]),
    }),
  ],
});

export const scheduleOfChanges: Rule = recommended('G.8.5.1.3.1', {
  parts: [
    advisedRecords({
      id: 'G.8.5.1.3.1',
      kind: changeKind,
      plural: changesPlural,
      advice: (context) => {
        const approved = approvedChanges(context);
        return [
          {
            name: 'scheduled',
            where: approved.text,
            meets: 'planned-from is not empty and planned-to is not empty and communicated is not empty',
            fields: [...approved.fields, 'planned-from', 'planned-to', 'communicated'],
            of: 'approved changes',
            lacks: 'stand in no schedule: from when to when they are planned, and when that was published',
            question: 'approved changes stand in a schedule that is published',
          },
        ];
      },
    }),
  ],
});

const emergencyCategories = query('change categories for emergencies', ({ model }) => model.all('ChangeCategory').filter(({ emergency }) => emergency).map(({ name }) => name));

/** An emergency change: by its category or its type, whichever sources tell. */
function emergencyChanges(context: RuleContext): ChangeCondition {
  const ids = context.read(emergencyCategories);
  const byCategory = ids.length > 0 && isFieldMapped(changeKind, 'category', context) ? [{ text: oneOf('category', ids), field: 'category' }] : [];
  const byType = isFieldMapped(changeKind, 'type', context) || byCategory.length === 0 ? [{ text: 'type = "emergency"', field: 'type' }] : [];
  const known = [...byCategory, ...byType];
  return { text: `(${known.map(({ text }) => text).join(' or ')})`, fields: known.map(({ field }) => field) };
}

/** Within this time an emergency is looked at again while people still remember it. */
const lookedAtWithin = '14d';

export const emergenciesReviewed: Rule = recommended('G.8.5.1.3.2', {
  parts: [
    advisedRecords({
      id: 'G.8.5.1.3.2',
      kind: changeKind,
      plural: changesPlural,
      advice: (context) => {
        const emergency = emergencyChanges(context);
        return [
          {
            name: 'reviewed',
            where: `${emergency.text} and implemented is not empty and as-of - implemented > ${lookedAtWithin}`,
            meets: 'reviewed is not empty',
            fields: [...emergency.fields, 'implemented', 'reviewed'],
            of: 'emergency changes made more than two weeks ago',
            lacks: 'were not looked at afterwards, so nobody has confirmed that they were real emergencies',
            question: 'emergency changes are looked at afterwards',
          },
        ];
      },
    }),
  ],
});

/**
 * Which discrepancies rest on a change record and which on none. The model counts them as one number, so its result is read in words;
 * of several verifications the latest one.
 */
export const unauthorizedChanges: Rule = recommended('G.8.5.1.3.3', {
  parts: [
    each('ConfigurationVerification', {
      none: null,
      check: (verification, { model, asOf }) => {
        const latest = latestOf(model.all('ConfigurationVerification').map(({ performed }) => performed), asOf);
        if (verification.performed !== latest || !isNotZero(verification.discrepancies)) return [];
        if (says([verification.result, ...verification.actions.map(({ text }) => text)], /authori[sz]|\bchanges?\b|approved|unrecorded/i)) return [];
        const place = placeOf(verification, 'discrepancies');
        return [
          shortfall(`The verification ${named(verification)} found ${verification.discrepancies === '1' ? 'a discrepancy' : `${verification.discrepancies} discrepancies`}, and does not say whether an authorized change is behind ${verification.discrepancies === '1' ? 'it' : 'each of them'}. Compare them with the records of changes, and say it in the result.`, {
            place,
            fixes: verification.result === undefined ? [addFact('Say which are authorized', placeOf(verification), 'result "${1:TODO how many rest on an authorized change, and how many on none}"')] : [],
          }),
        ];
      },
    }),
  ],
});

/** Categories of risky changes: those that go through design and transition, and emergencies. */
function isRisky({ emergency, route }: Category): boolean {
  return emergency || route === 'design-and-transition';
}

/** Records of changes say who asked and who approved, not who made the change: that these differ, too, cannot be told. */
export const dutiesApart: Rule = recommended('G.8.5.1.3.4', {
  parts: [
    each('ChangeCategory', {
      where: (category) => isRisky(category) && category.selfApproval,
      none: null,
      check: (category) => [shortfall(`Who asks for a change of the category ${named(category)} may also approve it, although such changes are risky. Let somebody else approve them.`, { place: placeOf(category, 'selfApproval') })],
    }),
    advisedRecords({
      id: 'G.8.5.1.3.4',
      kind: changeKind,
      plural: changesPlural,
      advice: () => [
        {
          name: 'apart',
          where: 'major-impact and approved-by is not empty and requested-by is not empty',
          meets: 'approved-by != requested-by',
          fields: ['major-impact', 'approved-by', 'requested-by'],
          of: 'approved changes that may have a major effect',
          lacks: 'were approved by whom they were asked for',
          question: 'risky changes are approved by somebody else than who asked for them',
        },
      ],
    }),
  ],
});

/** Whether a transition brings something that has to pay, and is under way. */
function bringsSomething(transition: Transition, context: RuleContext): boolean {
  return !isCompleted(transition, context.asOf) && ['add', 'change', 'transfer-in'].includes(kindOf(transition, context));
}

/** A transition names no document, so a business case is found by its kind, and by its name, title or file that name the transition or its service. */
export const businessCase: Rule = recommended('G.8.5.2.1.1', {
  parts: [
    each('Transition', {
      none: null,
      check: (transition, context) => {
        if (!bringsSomething(transition, context)) return [];
        const { model } = context;
        const cases = model.all('ControlledDocument').filter(({ kinds, file, location }) => kinds.includes('business-case') && (isFilledIn(file) || isFilledIn(location)));
        const subjects = [transition, ...transition.services.flatMap((id) => model.get('Service', id) ?? [])].flatMap(({ name, title }) => [name, title]);
        if (cases.some(({ name, title, file }) => mentions([name, title, file], subjects))) return [];
        return [
          shortfall(`No business case states cost, benefit and risk of the transition ${named(transition)}: a document of kind business-case with ${transition.name} in its name or title.`, {
            place: placeOf(transition),
            fixes: [addDeclaration('Declare its business case', placeOf(transition), `document ${transition.name}-business-case "Business case" {\n  kind business-case\n  file "\${1:TODO path of the document, with cost, benefit and risk}"\n  owner \${2:TODO}\n}`)],
          }),
        ];
      },
    }),
  ],
});

const stages = /pilot|staged?\b|stages|phase|trial|\bfirst\b(?! (?:\w+ )?(?:days?|weeks?|months?))|beside|side by side|parallel|step by step|wave|gradual|canary/i;
const earlyLife = /early[- ]life|hyper-?care|after go(?:ing)?[- ]live|first (?:\w+ )?(?:days?|weeks?|months?)|closer? support|at hand/i;

/** Changes that take the way of a transition are large ones. What it plans is told by words of its activities, dates and tests. */
export const stagedIntroduction: Rule = recommended('G.8.5.2.3.1', {
  parts: [
    each('Transition', {
      none: null,
      check: (transition, context) => {
        if (!bringsSomething(transition, context)) return [];
        const activities = transition.activities.map(({ text }) => text);
        // Where no activity is planned at all, clause 8.5.2.1 says so.
        if (!activities.some(isFilledIn)) return [];
        const plans = [...activities, transition.timescales, transition.testing];
        const missing = [
          ...(says(plans, stages) ? [] : [{ what: 'a pilot or stages', text: 'Pilot with a first group' }]),
          ...(says(plans, earlyLife) ? [] : [{ what: 'support for the first weeks', text: 'Early-life support: who is at hand in the first weeks' }]),
        ];
        if (missing.length === 0) return [];
        return [
          shortfall(`The transition ${named(transition)} does not plan ${listed(missing.map(({ what }) => what), 'or')}.`, {
            place: placeOf(transition),
            fixes: missing.map(({ what, text }) => addFact(`Plan ${what}`, placeOf(transition), `activity "\${1:TODO ${text}}" owner \${2:TODO} due \${3:0000-00-00}`)),
          }),
        ];
      },
    }),
  ],
});

/** Months after which what was reached can be compared with what was wanted, while it can still be mended. */
const comparedWithin = 3;

export const reviewAfterwards: Rule = recommended('G.8.5.2.3.2', {
  parts: [
    each('Transition', {
      none: null,
      check: (transition, { asOf }) => {
        const completed = latestOf([transition.completed], asOf);
        if (completed === undefined) return [];
        const until = addMonths(completed, comparedWithin);
        const reported = dateOf(transition.reportedOn);
        if (reported !== undefined) {
          return reported <= until ? [] : [shortfall(`What ${named(transition)} achieved was reported on ${reported}, more than ${comparedWithin} months after it was completed on ${completed}. Compare it sooner with what was planned.`, { place: placeOf(transition, 'reportedOn') })];
        }
        if (until >= asOf) return [];
        return [
          shortfall(`${named(transition)} was completed on ${completed}, and within ${comparedWithin} months nobody compared what it achieved with what was planned.`, {
            place: placeOf(transition, 'completed'),
            fixes: [addFact('Say what was achieved', placeOf(transition), 'achieved "${1:TODO what was achieved, against what was planned}" reported on ${2:0000-00-00} to ${3:TODO}')],
          }),
        ];
      },
    }),
  ],
});

/** That there is one and where it is; whether it describes each type of release is for its readers to tell. */
export const releasePolicy: Rule = recommended('G.8.5.3.1', {
  parts: [
    system(({ model }) => {
      const [type] = model.all('ReleaseType');
      if (!type) return [];
      const documents = model.all('ControlledDocument').filter(({ kinds }) => kinds.includes('release-policy'));
      const policies = model.all('Policy').filter(({ kind }) => kind !== undefined && /release/i.test(kind));
      const written = [...documents.map(({ file, location }) => [file, location]), ...policies.map(({ file }) => [file])];
      if (written.some((places) => places.some(isFilledIn))) return [];
      const [unwritten] = [...documents, ...policies];
      if (unwritten) return [shortfall(`The release policy ${named(unwritten)} does not say where it is written.`, { place: placeOf(unwritten), fixes: [addFact('Name its file', placeOf(unwritten), 'file "${1:TODO path of the document}"')] })];
      return [
        shortfall('Types of release are declared, and no release policy (a document of kind release-policy) says how they are named, how changes are grouped, and who verifies and accepts them.', {
          place: placeOf(type),
          fixes: [addDeclaration('Declare the release policy', placeOf(type), 'document ${1:release-policy} "${2:Release policy}" {\n  kind release-policy\n  file "${3:TODO path of the document}"\n  version "${4:TODO}"\n  owner ${5:TODO}\n  approved by ${6:TODO} on ${7:0000-00-00}\n  review every 12mo\n}')],
        }),
      ];
    }),
  ],
});

/** Records of releases say only whether verification passed. Where it takes place is told by how a type of release is handled. */
export const controlledEnvironments: Rule = recommended('G.8.5.3.2', {
  parts: [
    each('ReleaseType', {
      where: ({ handling }) => isFilledIn(handling),
      none: null,
      check: (type) =>
        says([type.handling], /environment|staging|stage|sandbox|pre-?prod|pre-?live|test(?:ing)? (?:system|bed|server|lab|copy|machine|site)|copy of|like (?:the )?(?:live|production)|mirror|lab\b/i)
          ? []
          : [shortfall(`How releases of type ${named(type)} are handled does not say in which environment they are built and tested. Use one that is like the live one, and name it.`, { place: placeOf(type, 'handling') })],
    }),
  ],
});

/** Words for the way back, in English. */
const wayBack = '(?i)roll|back|revert|undo|restor|fall|reverse|previous';

/**
 * Where changes say with which release they went, they say how each is taken back and when it was announced. Else only the method of a
 * release can tell of a way back, by its words.
 */
export const rollBack: Rule = recommended('G.8.5.3.3', {
  parts: [
    advisedRecords({
      id: 'G.8.5.3.3',
      kind: changeKind,
      plural: changesPlural,
      advice: (context) => {
        if (!isFieldMapped(changeKind, 'release', context)) return [];
        return [
          { name: 'way-back', where: 'release is not empty', meets: 'remediation is not empty', fields: ['release', 'remediation'], of: 'changes in releases', lacks: 'do not say how they are taken back', question: 'each release can be taken back' },
          {
            name: 'told',
            where: 'release is not empty and implemented is not empty',
            meets: 'communicated is not empty and communicated <= implemented',
            fields: ['release', 'implemented', 'communicated'],
            of: 'changes in releases that went live',
            lacks: 'were not announced to users and support before',
            question: 'users and support were told before releases went live',
          },
        ];
      },
    }),
    advisedRecords({
      id: 'G.8.5.3.3',
      kind: 'release',
      plural: 'releases',
      advice: (context) =>
        isFieldMapped(changeKind, 'release', context)
          ? []
          : [{ name: 'method', where: 'method is not empty', meets: `method matches "${wayBack}"`, fields: ['method'], of: 'releases with a method', lacks: 'do not say in it how they are taken back', question: 'releases can be taken back' }],
    }),
  ],
});
