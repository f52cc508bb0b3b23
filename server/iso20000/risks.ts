import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { meets } from '../../language/values/comparison.ts';
import type { IsoDate } from '../../language/values/date.ts';
import { compareDecimals, multiply, parseDecimal, type Decimal } from '../../language/values/decimal.ts';
import { isProblem } from '../../language/values/problem.ts';
import { dateOf, intervalAfter, latestOf } from '../assessment/dates.ts';
import { isFilledIn, isNotZero } from '../assessment/filled-in.ts';
import { placeOf, shortfall, type Remark } from '../assessment/remark.ts';
import { each, query, type NewDeclaration, type RuleContext, type RulePart } from '../assessment/rule.ts';
import { named } from '../assessment/wording.ts';

export type Risk = DeclarationTypes['Risk'];
export type Opportunity = DeclarationTypes['Opportunity'];
export type RiskMethod = DeclarationTypes['RiskMethod'];
export type RiskCategory = NonNullable<Risk['category']>;

export const riskFacts = 'cause "${3:TODO why it may happen}"\n  consequence "${4:TODO what would come of it}"\n  customer impact "${5:TODO what customers would notice}"\n  assessed ${6:0000-00-00}\n  likelihood ${7:0} impact ${8:0}\n  treat ${9:reduce}\n  owner ${10:TODO}';

export function riskScaffold(title: string, category: RiskCategory, ...lines: readonly string[]): NewDeclaration {
  return { title, text: `risk \${1:${category}-risk} "\${2:TODO what may go wrong}" {\n${[`category ${category}`, ...lines, riskFacts].map((line) => `  ${line}\n`).join('')}}` };
}

export const opportunityScaffold: NewDeclaration = {
  title: 'Declare an opportunity',
  text: 'opportunity ${1:opportunity} "${2:TODO what could become better}" {\n  benefit "${3:TODO what would be gained}"\n  customer impact "${4:TODO what customers would notice}"\n  assessed ${5:0000-00-00}\n  owner ${6:TODO}\n  action "${7:TODO what is done}" owner ${8:TODO} due ${9:0000-00-00}\n}',
};

/** One whose title still is to be filled in is none yet. */
export function isDetermined({ title }: Risk | Opportunity): boolean {
  return title === undefined || isFilledIn(title);
}

/** A check of each risk, and of there being one. */
export function eachRisk(check: (risk: Risk, context: RuleContext) => readonly Remark[]): readonly RulePart[] {
  return each('Risk', {
    where: isDetermined,
    none: { message: 'No risk is declared: nothing says what may keep the system and the services from succeeding.', declare: riskScaffold('Declare a risk', 'organization') },
    check,
  });
}

/** A check of each opportunity; that there is one is asked for by 6.1.1. */
export function eachOpportunity(check: (opportunity: Opportunity, context: RuleContext) => readonly Remark[]): readonly RulePart[] {
  return each('Opportunity', { where: isDetermined, none: null, check });
}

interface Assessed {
  readonly category: RiskCategory;
  readonly on?: IsoDate;
  readonly every?: string;
  readonly method?: string;
}

const categoryOfDomain: Readonly<Record<NonNullable<DeclarationTypes['RiskAssessment']['domain']>, RiskCategory>> = {
  organization: 'organization',
  services: 'service-requirements',
  availability: 'availability',
  continuity: 'continuity',
  'information-security': 'information-security',
};

/** By risk: the latest assessment in which it was looked at. */
const assessments = query('assessments of risks', ({ model, asOf }) => {
  const latest: Record<string, Assessed> = {};
  for (const { domain, performed, every, method, risks } of model.all('RiskAssessment')) {
    const on = latestOf([performed], asOf);
    for (const risk of risks) {
      const known = latest[risk];
      if (known && (known.on ?? '') >= (on ?? '')) continue;
      latest[risk] = { category: categoryOfDomain[domain], ...(on === undefined ? {} : { on }), ...(every === undefined ? {} : { every }), ...(method === undefined ? {} : { method }) };
    }
  }
  return latest;
});

/** As it says; else by the party that it names, or by the assessment in which it was looked at. */
export function categoryOf(risk: Risk, context: RuleContext): RiskCategory | undefined {
  return risk.category ?? (risk.parties.some(isFilledIn) ? 'other-parties' : context.read(assessments)[risk.name]?.category);
}

/** When a risk was last assessed: by itself, in a review of it, or in an assessment of several. */
export function lastAssessed(risk: Risk, context: RuleContext): IsoDate | undefined {
  return latestOf([risk.assessed, risk.review?.last, context.read(assessments)[risk.name]?.on], context.asOf);
}

/** What is to be said of a risk that is to be assessed again by now. `row` gives the interval where the model declares none. */
export function checkReassessed(risk: Risk, row: string, context: RuleContext): readonly Remark[] {
  const last = lastAssessed(risk, context);
  if (last === undefined) return [];
  const every = risk.review?.every ?? context.read(assessments)[risk.name]?.every;
  const planned = context.plannedInterval(row);
  const due = intervalAfter(last, every, planned.months);
  if (due === undefined || due >= context.asOf) return [];
  const own = dateOf(risk.assessed) === last ? ['assessed'] : dateOf(risk.review?.last) === last ? ['review', 'last'] : [];
  return [
    shortfall(`The risk ${named(risk)} was last assessed on ${last}; by the interval (${every === undefined ? planned.words : `every ${every}`}) it was due again on ${due}. Look at it again, and write when: assessed DATE.`, {
      place: placeOf(risk, ...own),
      axis: 'evidenced',
    }),
  ];
}

/** Likelihood times impact; undefined where either is not told. */
export function levelOf({ likelihood, impact }: Risk): Decimal | undefined {
  if (!isNotZero(likelihood) || !isNotZero(impact)) return undefined;
  const [left, right] = [parseDecimal(likelihood), parseDecimal(impact)];
  return isProblem(left) || isProblem(right) ? undefined : multiply(left, right);
}

export interface Limit {
  readonly method: string;
  readonly comparison: NonNullable<RiskMethod['comparison']>;
  readonly level: Decimal;
}

const limits = query('levels up to which risks are accepted', ({ model }) =>
  model.all('RiskMethod').flatMap(({ name, comparison, level }): Limit[] => {
    const parsed = isNotZero(level) ? parseDecimal(level) : undefined;
    return parsed === undefined || isProblem(parsed) || comparison === undefined ? [] : [{ method: name, comparison, level: parsed }];
  }),
);

/** The level up to which a risk is accepted: of the method by which it was assessed, else of the first that names one. */
export function limitOf(risk: Risk, context: RuleContext): Limit | undefined {
  const known = context.read(limits);
  const method = context.read(assessments)[risk.name]?.method;
  return known.find((limit) => limit.method === method) ?? known[0];
}

export function limitInWords({ comparison, level }: Limit): string {
  return `accept level ${comparison} ${level}`;
}

export function isWithin(level: Decimal, { comparison, level: limit }: Limit): boolean {
  return meets(compareDecimals(level, limit), comparison);
}

/**
 * How a risk stands to what may be accepted. Who accepts a risk by name accepts it at any level. Where no method names a level, the
 * treatment tells: what is not accepted is above what may be.
 */
export function standingOf(risk: Risk, context: RuleContext): 'within' | 'accepted' | 'above' | 'untold' {
  if (isAcceptedBySomebody(risk, context)) return 'accepted';
  const limit = limitOf(risk, context);
  if (!limit) return risk.treatment === undefined ? 'untold' : risk.treatment === 'accept' ? 'within' : 'above';
  const level = levelOf(risk);
  if (level === undefined) return 'untold';
  return isWithin(level, limit) ? 'within' : 'above';
}

export function isAcceptedBySomebody({ acceptedBy, acceptedOn }: Risk, { asOf }: RuleContext): boolean {
  return isFilledIn(acceptedBy) && (acceptedOn === undefined || latestOf([acceptedOn], asOf) !== undefined);
}
