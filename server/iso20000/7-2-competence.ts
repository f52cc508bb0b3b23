/** Clause 7.2, competence. */
import { catalogue } from '../../language/catalogue/catalogue.ts';
import { documentedInformation } from '../../language/catalogue/documented-information.ts';
import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { addMonths } from '../../language/values/date.ts';
import { overdueSince } from '../assessment/actions.ts';
import { dateOf, latestOf } from '../assessment/dates.ts';
import { documentFault, documentScaffold } from '../assessment/documents.ts';
import { evidenceFault, evidenceFor } from '../assessment/evidence.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall, shown, type Remark } from '../assessment/remark.ts';
import { declareFixes, each, query, rule, system, type NewDeclaration, type Query, type Rule, type RuleContext, type Trigger } from '../assessment/rule.ts';
import { named } from '../assessment/wording.ts';
import { isInUse } from './roles-in-use.ts';

type Role = DeclarationTypes['Role'];
type Person = DeclarationTypes['Person'];
type Competence = Person['competences'][number];

function requirementsOf({ competences }: Role): readonly Role['competences'][number][] {
  return competences.filter(({ skill }) => isFilledIn(skill));
}

const scaffold: NewDeclaration = {
  title: 'Declare a role and what it must be able to do',
  text: 'role ${1:service-manager} "${2:TODO title}" held by ${3:TODO} {\n  responsibilities "${4:TODO what it answers for}"\n  competence ${5:skill} "${6:TODO what it must be able to do}" level ${7:TODO}\n}',
};

export const competenceDetermined: Rule = rule('7.2.a', {
  parts: [
    system((context) => {
      const roles = context.model.all('Role');
      if (roles.some((role) => requirementsOf(role).length > 0 || isInUse(role, context))) return [];
      const why = roles.length === 0 ? 'No role is declared, so nothing says' : 'Nothing says';
      return [shortfall(`${why} what people must be able to do whose work affects the system and the services.`, { fixes: declareFixes(context, scaffold) })];
    }),
    each('Role', {
      none: null,
      check: (role, context) => {
        if (!isInUse(role, context)) return [];
        const place = placeOf(role);
        const known = requirementsOf(role);
        if (known.length === 0) {
          return [
            shortfall(`Nothing says what ${named(role)} must be able to do, though a process or a service relies on the role.`, {
              place,
              fixes: [addFact('Say what it must be able to do', place, 'competence ${1:skill} "${2:TODO what it must be able to do}" level ${3:TODO}')],
            }),
          ];
        }
        return role.competences.flatMap((requirement, index): Remark[] => {
          if (!isFilledIn(requirement.skill) || isFilledIn(requirement.level)) return [];
          return [shortfall(`The competence “${requirement.skill}” of ${named(role)} does not say at which level it is needed: level NAME.`, { place: placeOf(role, 'competences', index, 'name') })];
        });
      },
    }),
  ],
});

/** Whether somebody holds a role that must be able to do something. */
const isAssessable = query('competence is asked of somebody', ({ model }) => model.all('Role').some((role) => role.holders.some((holder) => model.get('Person', holder) !== undefined) && requirementsOf(role).length > 0));

export const peopleCompetent: Rule = rule('7.2.b', {
  evidence: 'derived',
  parts: [
    system((context) =>
      context.read(isAssessable) ? [] : [shortfall('Nobody holds a role of which a competence is asked, so nobody is seen to be competent for the work that affects the services.', { fixes: declareFixes(context, scaffold) })],
    ),
    each('Role', {
      none: null,
      check: (role, context) =>
        role.holders.flatMap((holder, index): Remark[] => {
          const person = context.model.get('Person', holder);
          if (!person) return [];
          return requirementsOf(role).flatMap(({ name, skill }): Remark[] => {
            const id = `${role.name}.${name}`;
            const records = person.competences.filter(({ requirement }) => requirement === id);
            if (records.length > 0) return [];
            return [
              shortfall(`${named(person)} holds the role ${named(role)}, but nothing says whether the person can do what it needs: ${skill}.`, {
                place: placeOf(role, 'holders', index),
                axis: 'evidenced',
                fixes: [addFact('Say whether the person is competent', placeOf(person), `competent in ${id} by \${1:TODO} assessed \${2:0000-00-00}`)],
              }),
            ];
          });
        }),
    }),
    each('Person', {
      none: null,
      check: (person, context): readonly Remark[] => {
        const relevant = person.competences.flatMap((competence, index) => (isLatest(person, index) && isAskedOf(person, competence, context) ? [{ competence, index }] : []));
        const remarks = relevant.flatMap(({ competence, index }) => checkCompetence(person, competence, index, context));
        return relevant.length > 0 && remarks.length === 0 ? [shown('evidenced')] : remarks;
      },
    }),
  ],
});

/** Of several entries about one competence the last that was assessed counts; of those of one day the last that is written. */
function isLatest({ competences }: Person, index: number): boolean {
  const own = competences[index]!;
  const day = own.assessed ?? '';
  return !competences.some(({ requirement, assessed = '' }, other) => requirement === own.requirement && (assessed > day || (assessed === day && other > index)));
}

/** Whether the person holds the role that asks for it; what was assessed for a role held before need not be assessed again. */
function isAskedOf({ name }: Person, { requirement }: Competence, { model }: RuleContext): boolean {
  return model.get('Role', requirement.split('.')[0])?.holders.includes(name) ?? false;
}

function checkCompetence(person: Person, competence: Competence, index: number, context: RuleContext): readonly Remark[] {
  const { model, asOf } = context;
  const { requirement, basis, gap, action } = competence;
  const place = placeOf(person, 'competences', index, 'requirement');
  const fault = (message: string, at = place): Remark => shortfall(message, { place: at, axis: 'evidenced', fixes: [addFact('Assess it anew', placeOf(person), `competent in ${requirement} by \${1:TODO} assessed \${2:0000-00-00}`)] });
  const remarks: Remark[] = [];
  const assessed = dateOf(competence.assessed);
  if (!isFilledIn(basis)) remarks.push(fault(`Nothing says by what ${named(person)} is competent in ${requirement}: by education, training or experience.`));
  if (assessed === undefined || assessed > asOf) remarks.push(fault(`Nothing says when it was assessed whether ${named(person)} is competent in ${requirement}: assessed DATE.`));
  else {
    const planned = context.plannedInterval('7.2.b');
    const due = addMonths(assessed, planned.months);
    if (due < asOf) remarks.push(fault(`Whether ${named(person)} is competent in ${requirement} was last assessed on ${assessed}; by the interval (${planned.words}) it was due again on ${due}.`, placeOf(person, 'competences', index, 'assessed')));
  }
  if (!isFilledIn(gap)) return remarks;
  const since = action && overdueSince(action, model, asOf);
  if (!action || !isFilledIn(action.text)) remarks.push(fault(`${named(person)} lacks “${gap}” for ${requirement}, and no action closes the gap: action "…" owner WHO due DATE.`, placeOf(person, 'competences', index, 'gap')));
  else if (since !== undefined) remarks.push(fault(`What is to close the gap of ${named(person)} in ${requirement} (“${action.text}”) was due on ${since} and is not done. Write when it was done, or a new date.`, placeOf(person, 'competences', index, 'action', 'due')));
  else if (action.effective === 'ineffective') remarks.push(fault(`What was done about the gap of ${named(person)} in ${requirement} (“${action.text}”) did not help. Plan another action.`, placeOf(person, 'competences', index, 'action', 'effective')));
  return remarks;
}

const hasGap = ({ gap }: Competence): boolean => isFilledIn(gap);

const gapExists: Query<Trigger> = query('whether a competence gap is recorded', ({ model }) =>
  model.all('Person').some(({ competences }) => competences.some(hasGap)) ? { applies: true } : { applies: false, reason: 'no gap of competence is recorded' },
);

export const gapsClosed: Rule = rule('7.2.c', {
  trigger: gapExists,
  evidence: 'derived',
  parts: [
    each('Person', {
      where: ({ competences }) => competences.some(hasGap),
      none: null,
      check: (person, { asOf }): readonly Remark[] => {
        const remarks = person.competences.flatMap((competence, index): Remark[] => {
          const { requirement, gap, action, evaluated } = competence;
          if (!isFilledIn(gap) || !isLatest(person, index)) return [];
          if (!action || !isFilledIn(action.text)) {
            return [
              shortfall(`${named(person)} lacks “${gap}” for ${requirement}, and no action is to close the gap: action "…" owner WHO due DATE.`, {
                place: placeOf(person, 'competences', index, 'gap'),
                axis: 'evidenced',
                fixes: [
                  addFact('Assess it anew, with what closes the gap', placeOf(person), `competent in ${requirement} by \${1:TODO} assessed \${2:0000-00-00} gap "\${3:TODO what is still missing}" action "\${4:TODO what closes the gap}" owner \${5:TODO}`),
                ],
              }),
            ];
          }
          const done = latestOf([action.done], asOf);
          if (done === undefined) return [];
          const judged = latestOf([evaluated, action.effective === undefined ? undefined : action.checked], asOf);
          if (judged !== undefined && judged >= done) return [];
          const said = judged === undefined ? 'nothing says whether it helped' : `its effect was judged before, on ${judged}`;
          return [shortfall(`What was done about the gap of ${named(person)} in ${requirement} (“${action.text}”) was done on ${done}, but ${said}: evaluated DATE.`, { place: placeOf(person, 'competences', index, 'action', 'done'), axis: 'evidenced' })];
        });
        return remarks.length > 0 ? remarks : [shown('evidenced')];
      },
    }),
  ],
});

const keptRow = catalogue.row('7.2.d');
const item = documentedInformation.get('di.competence');

/** Whether proof that is kept for all counts: an evidence for the row, or a record of the kind. */
function hasCommonProof(context: RuleContext): boolean {
  if (keptRow && evidenceFor(keptRow, context).some((evidence) => evidenceFault(evidence, context) === undefined)) return true;
  return context.model.all('ControlledDocument').some((document) => item !== undefined && document.kinds.includes(item.kind) && documentFault(document, { mode: 'retain' }, context) === undefined);
}

const commonProof = query('proof of competence that is kept for all', hasCommonProof);

export const evidenceKept: Rule = rule('7.2.d', {
  evidence: 'derived',
  parts: [
    system((context) => {
      if (!item) return [];
      if (context.model.all('Person').some(({ competences }) => competences.length > 0)) return context.read(commonProof) ? [shown('evidenced')] : [];
      return [shortfall('Nothing says of anybody that the person is competent, so there is nothing to keep proof of: competent in ROLE.COMPETENCE, with evidence.', { axis: 'evidenced', fixes: declareFixes(context, documentScaffold(item)) })];
    }),
    each('Person', {
      where: ({ competences }) => competences.length > 0,
      none: null,
      check: (person, context): readonly Remark[] => {
        const { model } = context;
        if (context.read(commonProof)) return [];
        const remarks = person.competences.flatMap((competence, index): Remark[] => {
          const evidence = model.get('Evidence', competence.evidence);
          const fault = evidence && evidenceFault(evidence, context);
          if (evidence && !fault) return [];
          if (fault) return [shortfall(fault.message, { place: placeOf(person, 'competences', index, 'evidence'), axis: 'evidenced', related: [{ place: fault.place, message: 'The evidence' }], fixes: fault.fixes ?? [] })];
          return [
            shortfall(`No proof is kept that ${named(person)} is competent in ${competence.requirement}: evidence NAME, or a record of kind competence for all.`, {
              place: placeOf(person, 'competences', index, 'requirement'),
              axis: 'evidenced',
              fixes: item ? declareFixes(context, documentScaffold(item)) : [],
            }),
          ];
        });
        return remarks.length > 0 ? remarks : [shown('evidenced')];
      },
    }),
  ],
});
