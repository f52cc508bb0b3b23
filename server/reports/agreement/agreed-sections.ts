/** What an agreement says besides its targets: parties, services, responsibilities, reviews, money, changes, annexes. */
import type { Agreement } from '../../../language/model/declarations.ts';
import { parseDuration } from '../../../language/values/duration.ts';
import { isProblem } from '../../../language/values/problem.ts';
import type { Block, Cell, Inlines } from '../blocks.ts';
import { column, definitions, list, paragraph, table, unknown, words as text } from '../block-builders.ts';
import { titleById, titleOf, titlesById } from '../facts/names.ts';
import { targetInWords } from '../facts/promises-in-words.ts';
import { everyPeriodInWords, lengthInWords, limitInWords, perPeriodInWords, quantityInWords } from '../facts/quantities.ts';
import type { Words } from '../words/words.ts';
import type { AgreementContext, Clause } from './agreement.ts';
import { withoutOtherCustomers } from './parties.ts';

/** @param where before the promises, or after them */
export function agreedSections(context: AgreementContext, where: 'before' | 'after'): readonly Clause[] {
  return where === 'before' ? [partySection(context), serviceSection(context), responsibilitySection(context)] : [reviewSection(context), moneySection(context), changeSection(context), annexSection(context)];
}

function partySection({ input: { words }, parties: { provider, other } }: AgreementContext): Clause {
  const cell = (value: string | undefined): Cell => (value === undefined ? unknown() : text(value));
  return {
    heading: words.say('Parties and contacts'),
    blocks: [
      table(
        [column(words.say('Party')), column(words.say('Role')), column(words.say('Contact')), column(words.say('For escalations'))],
        [provider, other].map((party): Cell[] => [text(party.name), text(party.role), cell(party.contact), cell(party.escalation)]),
      ),
    ],
  };
}

function serviceSection({ input: { words, model }, agreement }: AgreementContext): Clause {
  const users = (id: string): string | undefined => {
    const count = agreement.userCounts.find(({ service }) => service === id) ?? agreement.userCounts.find(({ service }) => service === undefined);
    return count?.count ?? model.get('Service', id)?.userCount;
  };
  const hasUsers = agreement.services.some((id) => users(id) !== undefined);
  const isOurs = agreement.type === 'sla';
  // What another customer asked for is not for this one to read.
  const requirements = agreement.requirements.flatMap((id) => model.get('ServiceRequirement', id) ?? []).filter(({ sources }) => withoutOtherCustomers(model, agreement, sources).length === sources.length);
  return {
    heading: words.say('Services'),
    blocks: [
      ...(agreement.scope === undefined ? [] : [paragraph(agreement.scope)]),
      table(
        [column(words.say('Service')), column(words.say('What it is'), 'text', { width: 'wide' }), column(words.say('What it brings about'), 'text', { width: 'wide' }), ...(hasUsers ? [column(words.say('Number of users'), 'number')] : []), ...(isOurs ? [column(words.say('How to ask'))] : [])],
        agreement.services.map((id): Cell[] => {
          const service = model.get('Service', id);
          const number = users(id);
          return [
            text(titleById(model, 'Service', id)),
            text(service?.summary ?? ''),
            text(service?.outcomes.join('; ') ?? ''),
            ...(hasUsers ? [number === undefined ? unknown() : ({ kind: 'number', value: number } as const)] : []),
            ...(isOurs ? [text(service?.requestVia ?? '')] : []),
          ];
        }),
      ),
      ...(requirements.length === 0 ? [] : [paragraph(words.say('This answers what was asked for:')), list(requirements.map((one): Inlines => [one.statement === undefined ? titleOf(one) : `${titleOf(one)}: ${one.statement}`]))]),
    ],
  };
}

function responsibilitySection({ input: { words, model }, agreement, parties }: AgreementContext): Clause {
  const { obligations, agreedControls, duties, activities, interfaces, authorities, type } = agreement;
  const lists = (heading: string, items: readonly string[]): readonly Block[] => (items.length === 0 ? [] : [paragraph({ kind: 'strong', content: [heading] }), list(items.map((item) => [item]))]);
  const blocks = [
    ...lists(words.say('What {0} does', parties.other.name), type === 'sla' ? duties : [...activities, ...duties]),
    ...(type === 'sla' ? lists(words.say('What {0} does', parties.provider.name), activities) : []),
    ...lists(words.say('Obligations'), [...obligations, ...agreedControls.map((id) => titleById(model, 'SecurityControl', id))]),
    ...lists(words.say('Responsibilities and authorities'), authorities === undefined ? [] : [authorities]),
    ...lists(words.say('How the parties work together'), interfaces),
  ];
  return blocks.length === 0 ? undefined : { heading: words.say('Responsibilities'), blocks };
}

/** Reviews of the agreement, and the reports that speak of it and of nobody else's. */
function reviewSection({ input: { words, model }, agreement }: AgreementContext): Clause {
  const own = model.all('Agreement').filter((other) => otherParty(other) === otherParty(agreement)).map(({ name }) => name);
  const reports = model.all('ServiceReport').filter((report) => report.agreements.includes(agreement.name) && report.agreements.every((name) => own.includes(name)));
  const blocks = [
    ...(agreement.review === undefined ? [] : [paragraph(words.say('The parties review this agreement and what was achieved at intervals of: {0}.', intervalInWords(words, agreement.review.every)))]),
    ...(reports.length === 0
      ? []
      : [
          table(
            [column(words.say('Report')), column(words.say('Purpose'), 'text', { width: 'wide' }), column(words.say('How often'), 'text', { width: 'narrow' }), column(words.say('To')), column(words.say('Contents'))],
            reports.map((report): Cell[] => [text(titleOf(report)), text(report.purpose ?? ''), text(report.every === undefined ? '' : everyPeriodInWords(words, report.every)), text(titlesById(model, 'Party', withoutOtherCustomers(model, agreement, report.audience))), text([...report.contents, ...(report.trends ? [words.say('trends')] : [])].join('; '))]),
          ),
        ]),
  ];
  return blocks.length === 0 ? undefined : { heading: words.say('Reviews and reports'), blocks };
}

function otherParty({ customer, supplier, provider }: Agreement): string | undefined {
  return customer ?? supplier ?? provider;
}

function intervalInWords(words: Words, every: string): string {
  return isProblem(parseDuration(every)) ? every : lengthInWords(words, every);
}

function moneySection({ input: { words, model }, agreement, parties }: AgreementContext): Clause {
  const { fee, feePeriod, firstPeriod, credits, creditCap } = agreement;
  const payer = agreement.type === 'sla' ? parties.other.name : parties.provider.name;
  const receiver = agreement.type === 'sla' ? parties.other.name : parties.provider.name;
  const facts = definitions([
    ...(fee === undefined ? [] : [[words.say('Fee'), [words.say('{0} pays {1} {2}', payer, quantityInWords(words, fee), perPeriodInWords(words, feePeriod ?? 'month'))]] as const]),
    ...(firstPeriod === undefined ? [] : [[words.say('First period'), [firstPeriod === 'prorated' ? words.say('a first period that is not complete counts for the part that was in force') : words.say('a first period that is not complete does not count')]] as const]),
    ...(creditCap === undefined ? [] : [[words.say('Most that is credited in a period'), [quantityInWords(words, creditCap)]] as const]),
  ]);
  const titles = new Map(agreement.targets.map((target) => [target.name, targetInWords(words, model, target)]));
  const blocks = [
    ...(fee === undefined && firstPeriod === undefined && creditCap === undefined ? [] : [facts]),
    ...(credits.length === 0
      ? []
      : [
          table(
            [column(words.say('Service level target')), column(words.say('Where it is')), column(words.say('Credit'))],
            credits.map((credit): Cell[] => {
              const target = credit.target.slice(credit.target.indexOf('.') + 1);
              return [text(titles.get(target) ?? target), text(limitInWords(words, credit.comparison, credit.threshold)), text(quantityInWords(words, credit.amount))];
            }),
            { caption: [words.say('What is credited to {0}', receiver)] },
          ),
          ...(credits.some(({ amount }) => amount.endsWith('%')) ? [paragraph(words.say('A percentage is one of the fee for the period of the target.'))] : []),
          paragraph(words.say('Of several credits for one target the greatest whose condition holds is due. The sum is rounded once, half up, to the smallest unit of the currency.')),
        ]),
  ];
  return blocks.length === 0 ? undefined : { heading: words.say('Fees and credits'), blocks };
}

function changeSection({ input: { words }, agreement }: AgreementContext): Clause {
  const items = [
    ...(agreement.changes.length === 0 ? [] : [words.say('Changed by these requests for change: {0}.', agreement.changes.join(', '))]),
    ...(agreement.validTo === undefined ? [] : [words.say('The agreement ends on {0}.', words.dateInWords(agreement.validTo))]),
    ...agreement.targets.filter(({ since }) => since !== undefined).map(({ name, since }) => words.say('The target {0} was restated with effect from {1}.', name, words.dateInWords(since ?? ''))),
  ];
  return items.length === 0 ? undefined : { heading: words.say('Changes and end'), blocks: [list(items.map((item) => [item]))] };
}

/** The file of an agreement with a supplier is its contract; with a customer it is what was signed last. */
function annexSection({ input: { words }, agreement }: AgreementContext): Clause {
  if (agreement.file === undefined) return undefined;
  return { heading: words.say('Annexes'), blocks: [list([[agreement.version === undefined ? agreement.file : words.say('{0}, version {1}', agreement.file, agreement.version)]])] };
}
