/** Clause 8.6.1, incident management. */
import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { dateOf, intervalAfter } from '../assessment/dates.ts';
import { isFilledIn, isNotZero, someFilledIn } from '../assessment/filled-in.ts';
import { everyRecord, type RecordDemand } from '../assessment/records.ts';
import { addFact, placeOf, shortfall, type Remark } from '../assessment/remark.ts';
import { declareFixes, each, query, rule, system, type RecordsPart, type Rule, type RuleContext } from '../assessment/rule.ts';
import { named } from '../assessment/wording.ts';
import { closedInTime } from './closure.ts';

type Procedure = DeclarationTypes['Procedure'];

function incidents(row: string, demands: readonly RecordDemand[] | ((context: RuleContext) => readonly RecordDemand[])): RecordsPart {
  return everyRecord({ row, kind: 'incident', plural: 'incidents', demands: typeof demands === 'function' ? demands : () => demands });
}

export const recordedAndClassified: Rule = rule('8.6.1.a', {
  evidence: 'derived',
  parts: [
    incidents('8.6.1.a', [
      { name: 'recorded', meets: 'opened is not empty', fields: ['opened'], of: 'incidents', lacks: 'have no time of recording' },
      { name: 'classified', meets: 'classification is not empty', fields: ['classification'], of: 'incidents', lacks: 'are in no category' },
      { name: 'service', meets: 'service is not empty', fields: ['service'], of: 'incidents', lacks: 'name no service' },
    ]),
  ],
});

/** The priorities declared for pairs of impact and urgency. */
const priorityMatrix = query('priority matrix', ({ model }) =>
  model.all('Priority').flatMap(({ name, conditions }) => conditions.filter(({ impact, urgency }) => isFilledIn(impact) && isFilledIn(urgency)).map(({ impact, urgency }) => ({ priority: name, impact, urgency }))),
);

export const prioritized: Rule = rule('8.6.1.b', {
  parts: [
    system((context) => {
      if (context.read(priorityMatrix).length > 0) return [];
      return [
        shortfall('No priority says for which impact and urgency it is given, so it is unknown whether priorities of incidents are right.', {
          fixes: declareFixes(context, { title: 'Declare a priority by impact and urgency', text: 'priority ${1:P1} "${2:Critical}" when impact ${3:TODO} and urgency ${4:TODO}' }),
        }),
      ];
    }),
    each('Priority', {
      none: null,
      check: (priority, context) =>
        priority.conditions.flatMap(({ impact, urgency }, index): Remark[] => {
          const other = context.read(priorityMatrix).find((cell) => cell.impact === impact && cell.urgency === urgency && cell.priority !== priority.name);
          const declaration = context.model.get('Priority', other?.priority);
          if (!declaration) return [];
          return [
            shortfall(`Impact ${impact} and urgency ${urgency} give ${priority.name} here and ${declaration.name} elsewhere, so no incident can be told to have the right one.`, {
              place: placeOf(priority, 'conditions', index, 'impact'),
              related: [{ place: placeOf(declaration), message: `Also given to ${declaration.name}` }],
            }),
          ];
        }),
    }),
    incidents('8.6.1.b', (context) => {
      const set = 'impact is not empty and urgency is not empty and priority is not empty';
      const fields = ['impact', 'urgency', 'priority'];
      const matrix = context.read(priorityMatrix);
      const right = matrix.map(({ impact, urgency, priority }) => `(impact = "${impact}" and urgency = "${urgency}" and priority = "${priority}")`).join(' or ');
      return [
        { name: 'prioritized', meets: set, fields, of: 'incidents', lacks: 'lack impact, urgency or priority' },
        ...(matrix.length === 0 ? [] : [{ name: 'matrix', where: set, meets: right, fields, of: 'incidents', lacks: 'have another priority than their impact and urgency give' }]),
      ];
    }),
  ],
});

export const escalated: Rule = rule('8.6.1.c', {
  parts: [
    incidents('8.6.1.c', [
      {
        name: 'escalated',
        where: 'past-due',
        meets: 'escalated-to is not empty and escalation-reason is not empty',
        fields: ['opened', 'restored', 'escalated-to', 'escalation-reason'],
        of: 'incidents past due',
        lacks: 'were not escalated, or not with a reason',
        withoutRecords: 'no incident is past due',
      },
    ]),
  ],
});

export const resolved: Rule = rule('8.6.1.d', {
  parts: [
    incidents('8.6.1.d', [
      {
        name: 'resolved',
        where: 'closed is not empty',
        meets: 'restored is not empty and restored >= opened',
        fields: ['opened', 'restored', 'closed'],
        of: 'closed incidents',
        lacks: 'have no time of resolution, or one before they were recorded',
      },
      {
        name: 'overdue',
        where: 'restored is empty and closed is empty',
        meets: 'not past-due',
        fields: ['opened', 'restored', 'closed'],
        of: 'open incidents',
        lacks: 'are past due',
        withoutRecords: 'no incident is open',
        onlyListed: true,
      },
    ]),
  ],
});

export const closed: Rule = rule('8.6.1.e', {
  parts: [...closedInTime({ row: '8.6.1.e', clause: '8.6.1', kind: 'incident', plural: 'incidents', done: 'restored', participle: 'resolved', noun: 'resolution' })],
});

export const updated: Rule = rule('8.6.1.1', {
  evidence: 'derived',
  parts: [
    incidents('8.6.1.1', [
      { name: 'updated', where: 'closed is not empty', meets: 'updates >= 1', fields: ['closed', 'updates'], of: 'closed incidents', lacks: 'hold no entry of what was done' },
    ]),
  ],
});

export const majorCriteria: Rule = rule('8.6.1.2', {
  parts: [
    each('MajorIncidentCriteria', {
      none: {
        message: 'Nothing says by which criteria an incident is a major one.',
        declare: {
          title: 'Declare criteria for major incidents',
          text: 'major incident criteria ${1:major} {\n  criteria "${2:TODO when an incident is a major one}"\n  approved by ${3:TODO} on ${4:0000-00-00}\n  inform top management within ${5:0h}\n}',
        },
      },
      check: (criteria, { asOf }) => {
        const remarks: Remark[] = [];
        if (!someFilledIn(criteria.criteria)) {
          remarks.push(
            shortfall(`${named(criteria)} states no criteria for a major incident.`, { place: placeOf(criteria), fixes: [addFact('State a criterion', placeOf(criteria), 'criteria "${1:TODO when an incident is a major one}"')] }),
          );
        }
        if (!isApproved(criteria.approvals, asOf)) {
          remarks.push(
            shortfall(`Nobody has approved ${named(criteria)}.`, { place: placeOf(criteria, 'approvals'), fixes: [addFact('Say who approved them and when', placeOf(criteria), 'approved by ${1:TODO} on ${2:0000-00-00}')] }),
          );
        }
        return remarks;
      },
    }),
  ],
});

function isApproved(approvals: Procedure['approvals'], asOf: string): boolean {
  return approvals.some(({ by, on }) => {
    const day = dateOf(on);
    return isFilledIn(by) && day !== undefined && day <= asOf;
  });
}

const isMajorProcedure = ({ kind }: Procedure): boolean => kind === 'major incident' || kind === 'major-incident';

export const majorProcedure: Rule = rule('8.6.1.3', {
  evidence: 'derived',
  parts: [
    each('Procedure', {
      where: isMajorProcedure,
      none: {
        message: 'No procedure for major incidents is declared.',
        declare: {
          title: 'Declare the procedure for major incidents',
          text: 'procedure ${1:major-incidents} "${2:Major incidents}" {\n  kind major incident\n  starts at ${3:TODO}\n  file "${4:TODO path of the document}"\n  approved by ${5:TODO} on ${6:0000-00-00}\n}',
        },
      },
      check: (procedure, { model, asOf }) => {
        const place = placeOf(procedure);
        const remarks: Remark[] = [];
        if (!isFilledIn(procedure.file)) {
          remarks.push(shortfall(`The procedure ${named(procedure)} names no document.`, { place, axis: 'evidenced', fixes: [addFact('Name its document', place, 'file "${1:TODO path of the document}"')] }));
        }
        if (!isApproved(procedure.approvals, asOf)) {
          remarks.push(
            shortfall(`Nobody has approved the procedure ${named(procedure)}.`, {
              place: placeOf(procedure, 'approvals'),
              axis: 'evidenced',
              fixes: [addFact('Say who approved it and when', place, 'approved by ${1:TODO} on ${2:0000-00-00}')],
            }),
          );
        }
        const last = dateOf(procedure.review?.last);
        const due = last && procedure.review ? intervalAfter(last, procedure.review.every, 12) : undefined;
        if (due !== undefined && due < asOf) {
          remarks.push(shortfall(`The procedure ${named(procedure)} was last reviewed on ${last}; by its interval (every ${procedure.review?.every}) a review was due on ${due}.`, { place: placeOf(procedure, 'review', 'last'), axis: 'evidenced' }));
        }
        if (!model.find('FlowNode', procedure.startsAt)) {
          remarks.push(
            shortfall(`The procedure ${named(procedure)} does not say at which step of a process the path of major incidents begins, for instance “starts at incident.bridge”.`, {
              place: placeOf(procedure, 'startsAt'),
              fixes: procedure.startsAt === undefined ? [addFact('Say where it begins', place, 'starts at ${1:TODO}')] : [],
            }),
          );
        }
        return remarks;
      },
    }),
  ],
});

const noMajor = 'no major incident is recorded';

function majorIncidents(row: string, demand: Omit<RecordDemand, 'withoutRecords'>): RecordsPart {
  return incidents(row, [{ withoutRecords: noMajor, ...demand }]);
}

/** Within which time of resolution top management is told, by the criteria for major incidents. */
const informWithin = query('time to inform top management', ({ model }) => model.all('MajorIncidentCriteria').find((criteria) => isNotZero(criteria.informWithin))?.informWithin);

export const topManagementInformed: Rule = rule('8.6.1.4', {
  parts: [
    system((context) => {
      if (context.read(informWithin) !== undefined) return [];
      const [criteria] = context.model.all('MajorIncidentCriteria');
      return [
        shortfall('Nothing says within which time top management is told of a major incident.', {
          ...(criteria ? { place: placeOf(criteria), fixes: [addFact('State the time', placeOf(criteria), 'inform top management within ${1:0h}')] } : {}),
        }),
      ];
    }),
    incidents('8.6.1.4', (context) => {
      const within = context.read(informWithin) ?? '0h';
      return [
        {
          name: 'informed',
          where: 'major',
          meets: `top-management-informed is not empty and (restored is empty or top-management-informed - restored <= ${within})`,
          fields: ['major', 'restored', 'top-management-informed'],
          of: 'major incidents',
          lacks: `were not told to top management, or later than ${within} after their resolution`,
          withoutRecords: noMajor,
        },
      ];
    }),
  ],
});

export const responsiblePerson: Rule = rule('8.6.1.5', {
  parts: [majorIncidents('8.6.1.5', { name: 'manager', where: 'major', meets: 'major-manager is not empty', fields: ['major', 'major-manager'], of: 'major incidents', lacks: 'name nobody responsible' })],
});

export const majorReported: Rule = rule('8.6.1.6', {
  evidence: 'derived',
  parts: [
    majorIncidents('8.6.1.6', {
      name: 'reported',
      where: 'major and restored is not empty',
      meets: 'major-report is not empty',
      fields: ['major', 'restored', 'major-report'],
      of: 'resolved major incidents',
      lacks: 'have no report',
    }),
  ],
});

export const majorReviewed: Rule = rule('8.6.1.7', {
  parts: [
    majorIncidents('8.6.1.7', {
      name: 'reviewed',
      where: 'major and restored is not empty',
      meets: 'major-reviewed is not empty and major-review-outcome is not empty',
      fields: ['major', 'restored', 'major-reviewed', 'major-review-outcome'],
      of: 'resolved major incidents',
      lacks: 'were not reviewed, or the review does not say what is to improve (or that nothing is)',
    }),
  ],
});
