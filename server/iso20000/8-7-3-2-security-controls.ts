/** Clause 8.7.3.2, information security controls. */
import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { filledIn } from '../assessment/actions.ts';
import { dateOf, intervalAfter, latestOf } from '../assessment/dates.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { overdueActions } from '../assessment/overdue-actions.ts';
import { addDeclaration, addFact, placeOf, shortfall, shown, type Remark } from '../assessment/remark.ts';
import { declareFixes, each, query, rule, system, type NewDeclaration, type Query, type Rule, type RuleContext, type Trigger } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { firstOf, named } from '../assessment/wording.ts';
import { hasEnded, otherParty } from './agreements.ts';
import { assessedAtIntervals } from './risk-assessments.ts';
import { categoryOf, isDetermined, levelOf, limitInWords, limitOf, riskScaffold, standingOf, type Risk } from './risks.ts';

type SecurityControl = DeclarationTypes['SecurityControl'];

/** Assessments and controls are declared with their dates and decisions: that is the documented information. */
const evidence = 'derived';
const kind = 'The security control';

export const risksAssessed: Rule = rule('8.7.3.2.1', { evidence, parts: [assessedAtIntervals('information-security')] });

/** Whether it is in place; one that says since when need not say so once more. */
function isImplemented({ status, implemented }: SecurityControl): boolean {
  return status === 'implemented' || (status === undefined && implemented !== undefined);
}

const isRejected = ({ status }: SecurityControl): boolean => status === 'rejected';

/** Ids of risks that are looked at in an assessment of information security. */
const assessedForSecurity = query('risks assessed for information security', ({ model }) => [...new Set(model.all('RiskAssessment').flatMap(({ domain, risks }) => (domain === 'information-security' ? risks : [])))].sort());

function controlScaffold(line: string): NewDeclaration {
  return {
    title: 'Declare a security control',
    text: `security control \${1:control} "\${2:TODO what is done}" {\n  ${line}\n  decision "\${3:TODO what was decided}" on \${4:0000-00-00}\n  status planned\n  owner \${5:TODO}\n}`,
  };
}

export const controlsOperated: Rule = rule('8.7.3.2.2', {
  parts: [
    system((context) => {
      const assessed = context.read(assessedForSecurity);
      if (context.model.all('Risk').some((risk) => isSecurityRisk(risk, assessed, context))) return [];
      return [shortfall('No information security risk is declared, so no control answers one.', { fixes: declareFixes(context, riskScaffold('Declare an information security risk', 'information-security')) })];
    }),
    each('Risk', {
      where: isDetermined,
      none: null,
      check: checkControlled,
    }),
    each('SecurityControl', {
      where: ({ status }) => status === 'implemented',
      none: null,
      check: (control, { asOf }) => stated(control, kind, [{ said: latestOf([control.implemented], asOf) !== undefined, what: 'since when it is in place', line: 'implemented ${1:0000-00-00}' }]),
    }),
  ],
});

function isSecurityRisk(risk: Risk, assessed: readonly string[], context: RuleContext): boolean {
  return isDetermined(risk) && (categoryOf(risk, context) === 'information-security' || assessed.includes(risk.name));
}

function checkControlled(risk: Risk, context: RuleContext): readonly Remark[] {
  if (!isSecurityRisk(risk, context.read(assessedForSecurity), context)) return [];
  const standing = standingOf(risk, context);
  if (standing === 'within' || standing === 'accepted') return [];
  const controls = context.model.referrers('Risk', risk.name).flatMap(({ entity: { node } }) => (node.$type === 'SecurityControl' && node.risks.includes(risk.name) && !isRejected(node) ? [node] : []));
  if (controls.some((control) => isImplemented(control) && latestOf([control.implemented], context.asOf) !== undefined)) return [];
  const limit = limitOf(risk, context);
  const level = levelOf(risk);
  const why = level === undefined || !limit ? 'is not shown to be acceptable' : `is of level ${level}, above what may be accepted (${limitInWords(limit)})`;
  const what = controls.length === 0 ? 'no security control treats it' : `no control that treats it is in place yet: ${firstOf(controls.map(named))}`;
  return [
    shortfall(`The information security risk ${named(risk)} ${why}, and ${what}.`, {
      place: placeOf(risk),
      related: controls.map((control) => ({ place: placeOf(control), message: 'Not in place' })),
      fixes: controls.length > 0 ? [] : [addDeclaration('Declare a security control', placeOf(risk), controlScaffold(`risks ${risk.name}`).text)],
    }),
  ];
}

const noControl = { message: 'No security control is declared: nothing says what was decided against risks to information.', declare: controlScaffold('risks ${6:TODO}') };

export const decisionsDocumented: Rule = rule('8.7.3.2.3', {
  evidence,
  parts: [
    each('SecurityControl', {
      none: noControl,
      check: (control, { asOf }) => {
        const on = dateOf(control.decidedOn);
        if (isFilledIn(control.decision) && on !== undefined && on > asOf) return [shortfall(`${kind} ${named(control)} is to be decided on ${on}, which is still to come.`, { place: placeOf(control, 'decidedOn') })];
        return stated(control, kind, [{ said: isFilledIn(control.decision) && on !== undefined, what: 'what was decided about it, and when', line: 'decision "${1:TODO what was decided}" on ${2:0000-00-00}' }]);
      },
    }),
  ],
});

const outsidersHaveAccess: Query<Trigger> = query('whether outside organizations have access', ({ model }) =>
  model.all('Supplier').some(({ hasAccess }) => hasAccess) ? { applies: true } : { applies: false, reason: 'no supplier is said to have access to information or systems (has access)' },
);

export const controlsWithOutsiders: Rule = rule('8.7.3.2.4', {
  trigger: outsidersHaveAccess,
  parts: [
    each('Supplier', {
      where: ({ hasAccess }) => hasAccess,
      none: null,
      check: (supplier, context): readonly Remark[] => {
        const { model, asOf } = context;
        const referring = model.referrers('Supplier', supplier.name).map(({ entity: { node } }) => node);
        const controls = referring.flatMap((node) => (node.$type === 'SecurityControl' && node.parties.includes(supplier.name) && !isRejected(node) ? [node] : []));
        if (controls.length === 0) {
          return [
            shortfall(`${named(supplier)} has access, and no security control is agreed with it (external party ${supplier.name}).`, {
              place: placeOf(supplier),
              fixes: [addDeclaration('Declare a security control', placeOf(supplier), controlScaffold(`external party ${supplier.name}`).text)],
            }),
          ];
        }
        const agreements = referring.flatMap((node) => (node.$type === 'Agreement' && otherParty(node) === supplier.name && !hasEnded(node, asOf) ? [node] : []));
        const [agreement] = agreements;
        if (!agreement) return [shortfall(`${named(supplier)} has access, and no agreement with it is in force that would oblige it to security controls.`, { place: placeOf(supplier) })];
        const missing = controls.filter(({ name }) => !agreements.some(({ agreedControls }) => agreedControls.includes(name)));
        if (missing.length === 0) return [];
        return [
          shortfall(`${named(agreement)} does not oblige ${named(supplier)} to ${firstOf(missing.map(named))}: ${missing.map(({ name }) => `obligation ${name}`).join(', ')}.`, {
            place: placeOf(agreement),
            related: missing.map((control) => ({ place: placeOf(control), message: 'The control' })),
            fixes: missing.map((control) => addFact(`Make ${named(control)} an obligation`, placeOf(agreement), `obligation ${control.name}`)),
          }),
        ];
      },
    }),
  ],
});

export const effectivenessReviewed: Rule = rule('8.7.3.2.5', {
  parts: [
    each('SecurityControl', { where: ({ title }) => title === undefined || isFilledIn(title), none: noControl, check: () => [] }),
    each('SecurityControl', {
      where: isImplemented,
      none: null,
      check: (control, context) => {
        const { asOf } = context;
        const planned = context.plannedInterval('8.7.3.2.5');
        const last = latestOf([control.reviewed], asOf);
        // What was put in place lately is first looked at an interval later.
        const start = last ?? latestOf([control.implemented], asOf);
        const due = start && intervalAfter(start, undefined, planned.months);
        if (due === undefined || due < asOf) {
          const message = last === undefined ? `${kind} ${named(control)} has not been reviewed; controls are reviewed ${planned.words}.` : `${kind} ${named(control)} was last reviewed on ${last}; controls are reviewed ${planned.words}.`;
          return [
            shortfall(message, {
              place: placeOf(control, ...(last === undefined ? [] : ['reviewed'])),
              axis: 'evidenced',
              fixes: control.reviewed === undefined ? [addFact('Say when it was reviewed', placeOf(control), 'reviewed ${1:0000-00-00}')] : [],
            }),
          ];
        }
        if (last === undefined) return [];
        const remarks = [
          // Only who looked at it can tell, so no word is proposed.
          ...stated(control, kind, [{ said: control.effective !== undefined, what: 'whether it was seen to be effective (effective yes, or no)' }], 'evidenced'),
          ...(control.effective === 'no' ? stated(control, `${kind} that is not effective,`, [{ said: filledIn(control.actions).length > 0, what: 'what is done about that', line: 'action "${1:TODO what is done}" owner ${2:TODO} due ${3:0000-00-00}' }], 'evidenced') : []),
          ...(control.effective === 'no' ? overdueActions(control, context) : []),
        ];
        return remarks.length > 0 ? remarks : [shown('evidenced')];
      },
    }),
  ],
});
