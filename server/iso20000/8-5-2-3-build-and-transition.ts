/** Clause 8.5.2.3, build and transition. */
import { addMonths, type IsoDate } from '../../language/values/date.ts';
import { quoteText } from '../../language/values/text.ts';
import { dateOf, latestOf } from '../assessment/dates.ts';
import { isFilledIn, someFilledIn } from '../assessment/filled-in.ts';
import { isFieldMapped } from '../assessment/records.ts';
import { addFact, placeOf, shortfall, shown, unknown, type Remark } from '../assessment/remark.ts';
import { declareFixes, each, rule, system, type RecordCheck, type Rule, type RuleContext, type RulePart } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { listed, named } from '../assessment/wording.ts';
import { anyTransition, isCompleted, type Transition } from './transitions.ts';

const what = 'The transition';

/** A check of each transition that has come so far. */
function ofThose(includes: (transition: Transition, asOf: IsoDate) => boolean, check: (transition: Transition, context: RuleContext) => readonly Remark[]): readonly RulePart[] {
  return each('Transition', {
    none: null,
    check: (transition, context) => {
      if (!includes(transition, context.asOf)) return [];
      const remarks = check(transition, context);
      return remarks.length > 0 ? remarks : [shown('evidenced')];
    },
  });
}

/** Whether its test is over. While it is being tested, results are still to come. */
function isTested(transition: Transition, asOf: IsoDate): boolean {
  return transition.tested !== undefined || transition.stage === 'deployed' || isCompleted(transition, asOf);
}

export const tested: Rule = rule('8.5.2.3.1', {
  trigger: anyTransition('whether a transition was tested', 'no transition has been built and tested yet', (transition, { asOf }) => isTested(transition, asOf)),
  evidence: 'derived',
  parts: ofThose(isTested, (transition, { asOf }) => [
    ...stated(
      transition,
      what,
      [{ said: latestOf([transition.tested], asOf) !== undefined && isFilledIn(transition.result), what: 'when it was tested, and with which result', line: 'tested ${1:0000-00-00} "${2:TODO what was shown}"' }],
      'evidenced',
    ),
    ...transition.criteria.flatMap(({ name, title, result, met }, index): readonly Remark[] => {
      const missing = [...(isFilledIn(result) ? [] : ['what was found (result)']), ...(met === undefined ? ['whether it was met'] : [])];
      return missing.length === 0 ? [] : [shortfall(`The criterion ${named({ name, title })} does not say ${listed(missing, 'or')}.`, { place: placeOf(transition, 'criteria', index, 'name'), axis: 'evidenced' })];
    }),
  ]),
});

function isMissed({ criteria }: Transition): boolean {
  return criteria.some(({ met }) => met === 'no');
}

export const missedCriteriaDecided: Rule = rule('8.5.2.3.2', {
  trigger: anyTransition('whether an acceptance criterion was missed', 'no acceptance criterion was missed', isMissed),
  evidence: 'derived',
  parts: ofThose(isMissed, ({ $key, criteria, decision: general, decidedBy }, { model }) => {
    const isParty = (id: string | undefined): boolean => model.find('Party', id) !== undefined;
    const isDecided = isFilledIn(general) && isParty(decidedBy);
    return criteria.flatMap(({ name, title, met, decision, decidedBy: own }, index): readonly Remark[] => {
      if (met !== 'no') return [];
      const missing = [
        ...(isFilledIn(decision) ? [] : ['what was decided about it']),
        // Who decided on the whole transition decided on each of its criteria.
        ...(isDecided || isParty(own) ? [] : ['who decided whether to deploy although it was missed']),
      ];
      if (missing.length === 0) return [];
      return [
        shortfall(`The criterion ${named({ name, title })} was missed, and nothing says ${listed(missing, 'or')}: decision "…" by WHO.`, {
          place: placeOf({ $key }, 'criteria', index, 'name'),
          axis: 'evidenced',
          fixes: isDecided || isParty(own) ? [] : [addFact('Say what was decided on the whole transition, and by whom', placeOf({ $key }), 'decision "${1:TODO what was decided}" by ${2:TODO}')],
        }),
      ];
    });
  }),
});

const completed = (name: string) => anyTransition(name, 'no transition is completed', (transition, { asOf }) => isCompleted(transition, asOf));

/** Records older than a year may be out of the window that is looked at. */
const recordMonths = 12;

function isRecorded(transition: Transition, asOf: IsoDate): boolean {
  const date = dateOf(transition.completed);
  return isCompleted(transition, asOf) && isFilledIn(transition.release) && (date === undefined || addMonths(date, recordMonths) >= asOf);
}

function releaseChecks({ model, asOf }: RuleContext): readonly RecordCheck[] {
  return model.all('Transition').flatMap((transition) => (isRecorded(transition, asOf) ? [{ id: checkId(transition), recordKind: 'release', where: `record-key = ${quoteText(transition.release ?? '')}`, meets: 'deployed is not empty', fields: ['deployed'] }] : []));
}

function checkId({ name }: Transition): string {
  return `8.5.2.3.3/${name}`;
}

export const released: Rule = rule('8.5.2.3.3', {
  trigger: completed('whether a transition is completed'),
  evidence: 'derived',
  parts: [
    system((context) => {
      if (!context.model.all('Transition').some((transition) => isRecorded(transition, context.asOf)) || isFieldMapped('release', 'deployed', context)) return [];
      const unknownHow = 'so it is unknown whether services that were in transition were deployed by one';
      const source = context.model.all('Source').find(({ recordKind }) => recordKind === 'release');
      if (source) return [shortfall(`Source ${named(source)} maps no “deployed” of releases, ${unknownHow}.`, { place: placeOf(source), fixes: [addFact('Map “deployed”', placeOf(source), 'map deployed = "${1:TODO column}"')] })];
      return [
        shortfall(`No source brings releases, ${unknownHow}. Declare a source of them, over an export of the tool that keeps them.`, {
          fixes: declareFixes(context, { title: 'Declare a source of releases', text: 'source release-records "Releases" of release from "${1:TODO file.csv}" {\n  dates iso\n  key ${2:id}\n  map deployed = "${3:TODO column}"\n}' }),
        }),
      ];
    }),
    {
      demand: { recordKind: 'release', checks: releaseChecks },
      parts: ofThose(isCompleted, (transition, context) => [
        ...stated(transition, what, [{ said: isFilledIn(transition.release), what: 'by which release it was deployed', line: 'release ${1:TODO}' }], 'evidenced'),
        ...(isRecorded(transition, context.asOf) ? checkRelease(transition, context) : []),
      ]),
    },
  ],
});

/** Whether a release record of that key says when it was deployed. */
function checkRelease(transition: Transition, context: RuleContext): readonly Remark[] {
  const { model, measurements } = context;
  if (!isFieldMapped('release', 'deployed', context)) return [];
  const sources = model.all('Source').filter(({ recordKind }) => recordKind === 'release');
  if (!measurements) return [unknown('evidenced', 'nothing has been measured yet')];
  const results = measurements.ofCheck(checkId(transition));
  const place = placeOf(transition, 'release');
  const answers = results.flatMap(({ population, shortfall: missing }) => (population === undefined || missing === undefined ? [] : [{ population, missing }]));
  const records = answers.reduce((sum, { population }) => sum + population, 0);
  if (answers.some(({ population, missing }) => population > missing)) return [];
  if (records > 0) return [shortfall(`The release ${transition.release} does not say when it was deployed.`, { place, axis: 'evidenced' })];
  if (answers.length < sources.length) return [unknown('evidenced', `the release ${transition.release} could not be looked up`)];
  return [shortfall(`No release record has the key ${transition.release}.`, { place, axis: 'evidenced', related: sources.map((source) => ({ place: placeOf(source), message: 'The records that were looked at' })) })];
}

export const achievementReported: Rule = rule('8.5.2.3.4', {
  trigger: completed('whether a transition is completed and so reported'),
  evidence: 'derived',
  parts: ofThose(isCompleted, (transition, { asOf }) =>
    stated(
      transition,
      what,
      [
        {
          said: isFilledIn(transition.achievement) && latestOf([transition.reportedOn], asOf) !== undefined && someFilledIn(transition.reportedTo),
          what: 'what was achieved against what was intended, and when and to whom that was reported',
          line: 'achieved "${1:TODO what was achieved}" reported on ${2:0000-00-00} to ${3:TODO}',
        },
      ],
      'evidenced',
    ),
  ),
});
