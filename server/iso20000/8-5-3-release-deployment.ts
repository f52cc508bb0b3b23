/** Clause 8.5.3, release and deployment management. */
import { catalogue } from '../../language/catalogue/catalogue.ts';
import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { addDays, addMonths, type IsoDate } from '../../language/values/date.ts';
import { parseDuration } from '../../language/values/duration.ts';
import { parsePeriod } from '../../language/values/period.ts';
import { isProblem } from '../../language/values/problem.ts';
import { quoteText } from '../../language/values/text.ts';
import { filledIn } from '../assessment/actions.ts';
import { latestOf } from '../assessment/dates.ts';
import { documented } from '../assessment/documents.ts';
import { isFilledIn, isNotZero, someFilledIn } from '../assessment/filled-in.ts';
import { everyRecord, isFieldMapped, type RecordDemand } from '../assessment/records.ts';
import { addDeclaration, placeOf, shortfall, shown, unknown } from '../assessment/remark.ts';
import { declareFixes, each, query, rule, system, type Query, type RecordsPart, type Rule, type RuleContext, type RulePart, type Trigger } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { monthsInWords } from '../assessment/wording.ts';
import { attested } from './attestations.ts';
import { eachAnalysis, latestAnalysis } from './analyses.ts';
import { approvedOrInAdvance, changeKind, changesPlural, oneOf } from './change-records.ts';

type ReleaseType = DeclarationTypes['ReleaseType'];

/** Months after deployment in which it is seen what a release did, where the configuration sets no other. */
const observationMonths = 1;
/** Months between analyses of releases, where neither an analysis nor the configuration says so. */
const analysisMonths = 6;

const typeLines = 'frequency "${3:TODO how often}"\n  handling "${4:TODO how they are dealt with}"';

export const typesDefined: Rule = rule('8.5.3.1', {
  // The types that are declared are what is documented.
  evidence: 'derived',
  parts: [
    system((context) => {
      const types = context.model.all('ReleaseType');
      if (types.length < 2) {
        const message = types.length === 0 ? 'No type of release is declared; there are at least two, one of them for emergencies.' : 'Only one type of release is declared; there are at least two, one of them for emergencies.';
        return [shortfall(message, { fixes: declareFixes(context, { title: 'Declare a type of release', text: `release type \${1:planned} "\${2:TODO title}" {\n  ${typeLines}\n}` }) })];
      }
      if (types.some(({ emergency }) => emergency)) return [];
      const [first] = types;
      return [
        shortfall('No type of release is for emergencies.', {
          fixes: first ? [addDeclaration('Declare a type of emergency releases', placeOf(first), `release type \${1:emergency-release} "\${2:TODO title}" {\n  ${typeLines}\n  emergency\n}`)] : [],
        }),
      ];
    }),
    each('ReleaseType', { none: null, check: (type) => checkType(type) }),
  ],
});

function checkType(type: ReleaseType): ReturnType<typeof stated> {
  return stated(type, 'The release type', [
    { said: isFilledIn(type.frequency), what: 'how often its releases take place', line: 'frequency "${1:TODO how often}"' },
    { said: isFilledIn(type.handling), what: 'how its releases are dealt with', line: 'handling "${1:TODO how they are dealt with}"' },
  ]);
}

/** Where the sources of releases were read and hold none, nothing was released. */
const releasesAreMade: Query<Trigger> = query('whether releases are made', ({ model, measurements }) => {
  const sources = model.all('Source').filter(({ recordKind }) => recordKind === 'release');
  const isEmpty = measurements !== undefined && sources.length > 0 && sources.every(({ name }) => measurements.source(name)?.records === 0);
  return isEmpty ? { applies: false, reason: 'no release is recorded' } : { applies: true };
});

const releasesPlural = 'releases';
const noRelease = 'no release is recorded';
const noneDeployed = 'no release was deployed';

function releases(row: string, demands: (context: RuleContext) => readonly RecordDemand[]): RecordsPart {
  return everyRecord({ row, kind: 'release', plural: releasesPlural, demands });
}

function releaseRule(row: string, parts: readonly (RulePart | readonly RulePart[] | RecordsPart)[], evidence: 'derived' | 'document' = 'document'): Rule {
  return rule(row, { trigger: releasesAreMade, evidence, parts });
}

/** A demand that fields are filled in. */
function set(name: string, fields: readonly string[], lacks: string): RecordDemand {
  return { name, meets: fields.map((field) => `${field} is not empty`).join(' and '), fields, of: releasesPlural, lacks, withoutRecords: noRelease };
}

/** The same of releases that were deployed. */
function ofDeployed(demand: Omit<RecordDemand, 'of'>): RecordDemand {
  const where = demand.where === undefined ? 'deployed is not empty' : `deployed is not empty and ${demand.where}`;
  return { ...demand, where, fields: ['deployed', ...demand.fields], of: 'deployed releases', withoutRecords: noneDeployed };
}

export const deploymentPlanned: Rule = releaseRule('8.5.3.2', [
  releases('8.5.3.2', () => [
    set('date', ['planned'], 'have no planned date'),
    set('method', ['method'], 'do not say how they are deployed'),
    set('owner', ['owner'], 'name nobody responsible'),
    // A plan may name the day only, and what is ready may go early on that day.
    ofDeployed({ name: 'before', where: 'planned is not empty', meets: 'planned <= deployed + 24h', fields: ['planned'], lacks: 'were deployed more than a day before the date of their plan' }),
  ]),
]);

/** What the records of changes say of those that were released, where the releases do not say it. */
function changesReleased(row: string, demands: (context: RuleContext) => readonly RecordDemand[]): RecordsPart {
  return everyRecord({ row, kind: changeKind, plural: changesPlural, optional: true, demands });
}

/** Whether changes tell of themselves that they were approved and with which release they went. */
function changesTell(context: RuleContext): boolean {
  return !isFieldMapped('release', 'changes-approved', context) && ['release', 'approved'].every((field) => isFieldMapped(changeKind, field, context));
}

export const tiedToChanges: Rule = releaseRule('8.5.3.3', [
  releases('8.5.3.3', (context) => [
    set('changes', ['changes'], 'name no change'),
    ...(changesTell(context)
      ? []
      : [{ name: 'approved', where: 'changes is not empty', meets: 'changes-approved', fields: ['changes', 'changes-approved'], of: 'releases with changes', lacks: 'hold changes that were not approved', withoutRecords: noRelease }]),
    set('problems', ['problems'], 'do not say which problems they close, or that they close none (“none”)'),
    set('known-errors', ['known-errors'], 'do not say which known errors they close or bring, or that there are none (“none”)'),
  ]),
  changesReleased('8.5.3.3', (context) => {
    if (!changesTell(context)) return [];
    const approved = approvedOrInAdvance(context);
    return [{ name: 'change-approved', where: 'release is not empty', meets: approved.text, fields: ['release', ...approved.fields], of: 'changes in releases', lacks: 'were not approved', withoutRecords: noRelease }];
  }),
]);

export const deliverablesPlanned: Rule = releaseRule('8.5.3.4', [
  releases('8.5.3.4', () => [
    set('date', ['planned'], 'have no planned date'),
    set('deliverables', ['deliverables'], 'do not say what they deliver'),
    set('method', ['method'], 'do not say how they are deployed'),
  ]),
]);

const acceptanceCriteria = catalogue.row('8.5.3.5');

export const verifiedAndApproved: Rule = releaseRule('8.5.3.5', [
  // Records name the criteria; what they are is a document of its own.
  acceptanceCriteria ? [documented(acceptanceCriteria)] : [],
  releases('8.5.3.5', () => [
    ofDeployed({ name: 'criteria', meets: 'criteria is not empty', fields: ['criteria'], lacks: 'name no acceptance criteria' }),
    ofDeployed({ name: 'verified', meets: 'verification-result is not empty and verified <= deployed', fields: ['verified', 'verification-result'], lacks: 'were not verified before they were deployed, or the result is not said' }),
    ofDeployed({ name: 'approved', meets: 'approved-by is not empty and approved <= deployed', fields: ['approved-by', 'approved'], lacks: 'were not approved by somebody before they were deployed' }),
  ]),
]);

export const missedCriteriaDecided: Rule = releaseRule('8.5.3.6', [
  releases('8.5.3.6', () => [
    {
      name: 'decided',
      where: 'verification-result = "failed"',
      meets: 'decision is not empty',
      fields: ['verification-result', 'decision'],
      of: 'releases that missed their criteria',
      lacks: 'do not say what was decided',
      withoutRecords: 'no release missed its acceptance criteria',
    },
  ]),
]);

/** Baselines by what checks of records ask of them. */
const baselines = query('baselines of releases', ({ model, asOf }) =>
  model.all('Baseline').map(({ name, release, taken, items }) => ({ name, release: isFilledIn(release) ? release : undefined, taken: latestOf([taken], asOf), items })),
);

export const baselineTaken: Rule = releaseRule('8.5.3.7', [
  releases('8.5.3.7', (context) => {
    const known = context.read(baselines);
    const isMapped = isFieldMapped('release', 'baseline', context);
    const isNamed = known.some(({ release }) => release !== undefined);
    const linkOf = ({ name, release }: (typeof known)[number]): string => [...(isMapped || !isNamed ? [`baseline = "${name}"`] : []), ...(release === undefined ? [] : [`record-key = ${quoteText(release)}`])].join(' or ');
    const linked = known.filter((baseline) => linkOf(baseline) !== '');
    const fields = isMapped || !isNamed ? ['baseline'] : [];
    const hasOne = linked.length === 0 ? 'false' : linked.map(linkOf).join(' or ');
    const inTime = linked.map((baseline) => `((${linkOf(baseline)})${baseline.taken === undefined ? '' : ` and deployed >= ${baseline.taken}`})`).join(' or ');
    return [
      ofDeployed({ name: 'baseline', meets: `(${hasOne})`, fields, lacks: 'have no baseline of the configuration items that they change' }),
      ...(linked.length === 0 ? [] : [ofDeployed({ name: 'in-time', where: `(${hasOne})`, meets: `(${inTime})`, fields, lacks: 'were deployed before their baseline was taken' })]),
    ];
  }),
  each('Baseline', {
    none: null,
    check: (baseline, { asOf }) =>
      stated(baseline, 'The baseline', [
        { said: someFilledIn(baseline.items), what: 'which configuration items it holds', line: 'cis ${1:TODO}' },
        { said: latestOf([baseline.taken], asOf) !== undefined, what: 'when it was taken', line: 'taken ${1:0000-00-00}' },
      ]),
  }),
  changesReleased('8.5.3.7', (context) => {
    const known = context.read(baselines).flatMap(({ release, items }) => (release === undefined || items.length === 0 ? [] : [{ release, items }]));
    if (known.length === 0 || !['release', 'configuration-items'].every((field) => isFieldMapped(changeKind, field, context))) return [];
    const holds = known.map(({ release, items }) => `(release = ${quoteText(release)} and configuration-items matches "^ *(${items.join('|')})( *; *(${items.join('|')}))* *$")`);
    return [
      {
        name: 'covered',
        where: `configuration-items is not empty and ${oneOf('release', known.map(({ release }) => release))}`,
        meets: holds.join(' or '),
        fields: ['release', 'configuration-items'],
        of: 'changes in releases with a baseline',
        lacks: 'touch configuration items that the baseline does not hold',
        withoutRecords: noneDeployed,
      },
    ];
  }),
]);

export const integrityKept: Rule = releaseRule('8.5.3.8', [
  releases('8.5.3.8', () => [ofDeployed({ name: 'integrity', meets: 'integrity-check is not empty', fields: ['integrity-check'], lacks: 'do not say how it was made sure that nothing was harmed on the way' })]),
  attested('8.5.3.8'),
]);

/** Periods that analyses of releases look at, from their first day to the day after their last. */
const analysedPeriods = query('periods of analyses of releases', ({ model, asOf }) =>
  model.all('RecordAnalysis').flatMap(({ subject, performed, period }) => {
    if (subject !== 'releases' || period === undefined || latestOf([performed], asOf) === undefined) return [];
    const parsed = parsePeriod(period);
    return isProblem(parsed) ? [] : [{ from: parsed.firstDay, until: addDays(parsed.lastDay, 1) }];
  }),
);

/** The day before which releases have to be analysed: an interval and the time of observation ago. */
function analysedBefore(context: RuleContext): IsoDate {
  const observed = addMonths(context.asOf, -context.plannedInterval('8.5.3.10', observationMonths).months);
  const every = latestAnalysis('releases', context)?.every;
  const duration = every === undefined ? undefined : parseDuration(every);
  if (duration !== undefined && !isProblem(duration)) {
    if (duration.kind === 'calendar') return addMonths(observed, -duration.months);
    if (duration.kind === 'elapsed') return addDays(observed, -Math.ceil(duration.seconds / 86_400));
  }
  return addMonths(observed, -context.plannedInterval('8.5.3.9', analysisMonths).months);
}

/** Asks for a field of releases that have been observed long enough to fill it. */
function observed(field: string, context: RuleContext): Omit<RecordDemand, 'name' | 'lacks'> {
  const { months } = context.plannedInterval('8.5.3.10', observationMonths);
  return { where: `deployed is not empty and as-of - deployed > ${months}mo`, meets: `${field} is not empty`, fields: ['deployed', field], of: `releases deployed more than ${monthsInWords(months)} ago`, withoutRecords: noneDeployed };
}

export const successMonitored: Rule = releaseRule('8.5.3.9', [
  releases('8.5.3.9', (context) => {
    const periods = context.read(analysedPeriods);
    const before = analysedBefore(context);
    return [
      {
        name: 'outcome',
        ...observed('outcome', context),
        lacks: 'do not say how they ended',
      },
      {
        name: 'analysed',
        where: `deployed < ${before}`,
        meets: periods.length === 0 ? 'false' : periods.map(({ from, until }) => `(deployed >= ${from} and deployed < ${until})`).join(' or '),
        fields: ['deployed'],
        of: `releases deployed before ${before}`,
        lacks: 'are in the period of no analysis of releases',
        withoutRecords: noneDeployed,
      },
    ];
  }),
  eachAnalysis({ subject: 'releases', wanted: ({ period }) => [{ said: period !== undefined && !isProblem(parsePeriod(period)), what: 'which period it looks at', line: 'period ${1:0000-00}' }] }),
]);

/** Whether a performed analysis counts incidents that releases caused. */
const incidentsAreCounted = query('whether releases caused incidents', ({ model, asOf }) =>
  model.all('RecordAnalysis').some(({ subject, performed, volume }) => subject === 'releases' && latestOf([performed], asOf) !== undefined && isNotZero(volume)),
);

const linkCheck = '8.5.3.10/linked';

/** Where analyses count incidents, and incidents can name their release, some do. */
const incidentsLinked: RecordsPart = {
  demand: {
    recordKind: 'incident',
    checks: (context) => (incidentsTell(context) && context.read(incidentsAreCounted) ? [{ id: linkCheck, recordKind: 'incident', where: 'release is not empty', meets: 'true', fields: ['release'] }] : []),
  },
  parts: [
    system((context) => {
      if (!incidentsTell(context) || !context.read(incidentsAreCounted)) return [];
      if (!context.measurements) return [unknown('effective', 'nothing has been measured yet')];
      const answers = context.measurements.ofCheck(linkCheck).flatMap(({ population }) => population ?? []);
      if (answers.length === 0) return [unknown('effective', 'no source of incidents gave an answer')];
      if (answers.some((population) => population > 0)) return [shown('effective')];
      const source = context.model.all('Source').find(({ recordKind }) => recordKind === 'incident');
      return [shortfall('An analysis of releases counts incidents, but no incident names the release that caused it.', { axis: 'effective', ...(source ? { place: placeOf(source) } : {}) })];
    }),
  ],
};

/** Whether incidents name the release that caused them; else releases say how many they caused. */
function incidentsTell(context: RuleContext): boolean {
  return isFieldMapped('incident', 'release', context);
}

export const incidentsMeasured: Rule = releaseRule('8.5.3.10', [
  eachAnalysis({ subject: 'releases', wanted: ({ volume }) => [{ said: volume !== undefined, what: 'how many incidents the releases caused (volume)' }] }),
  releases('8.5.3.10', (context) => {
    if (incidentsTell(context)) return [];
    return [
      {
        name: 'related',
        ...observed('related-incidents', context),
        lacks: 'do not say how many incidents they caused; nor do incidents name their release',
      },
    ];
  }),
  incidentsLinked,
]);

export const analysisRecorded: Rule = releaseRule(
  '8.5.3.11',
  [
    eachAnalysis({
      subject: 'releases',
      wanted: (analysis) => [
        { said: someFilledIn(analysis.conclusions), what: 'what is concluded', line: 'conclusion "${1:TODO what follows from it}"' },
        { said: filledIn(analysis.actions).length > 0 || isFilledIn(analysis.noAction), what: 'what is done, or why nothing needs to be', line: 'action "${1:TODO what is done}" owner ${2:TODO} due ${3:0000-00-00}' },
      ],
    }),
  ],
  'derived',
);

export const informationShared: Rule = releaseRule('8.5.3.12', [
  eachAnalysis({ subject: 'releases', wanted: ({ reportedTo }) => [{ said: someFilledIn(reportedTo), what: 'who was told of it', line: 'reported to ${1:TODO}' }] }),
  releases('8.5.3.12', () => [
    { name: 'date', meets: 'planned is not empty or deployed is not empty', fields: ['planned', 'deployed'], of: releasesPlural, lacks: 'have no planned date, so nobody sees when they come', withoutRecords: noRelease },
  ]),
]);
