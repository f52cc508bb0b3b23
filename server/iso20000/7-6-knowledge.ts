/** Clause 7.6, knowledge. */
import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { dateOf, intervalAfter, intervalInWords } from '../assessment/dates.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { addDeclaration, addFact, placeOf, shortfall, type Remark } from '../assessment/remark.ts';
import { each, query, rule, type NewDeclaration, type Rule, type RuleContext } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { named } from '../assessment/wording.ts';
import { attested } from './attestations.ts';
import { locationFault } from './document-control.ts';
import { isLive } from './services-in-scope.ts';

type Knowledge = DeclarationTypes['Knowledge'];

function scaffold(services: string): NewDeclaration {
  return {
    title: 'Declare knowledge',
    text: `knowledge \${1:knowledge} "\${2:TODO what one needs to know}" {\n  services ${services}\n  audience "\${3:TODO who needs it}"\n  location "\${4:TODO where it is}"\n  access "\${5:TODO who can open it}"\n  owner \${6:TODO}\n  review every 12mo last \${7:0000-00-00}\n}`,
  };
}

/** What says of what it is: its title, or what it is good for. */
function hasTopic({ title, relevance }: Knowledge): boolean {
  return isFilledIn(title) || isFilledIn(relevance);
}

/** Services that knowledge speaks of. */
const known = query('services that knowledge speaks of', ({ model }) => {
  const items = model.all('Knowledge').filter(hasTopic);
  return { all: items.some(({ allServices }) => allServices), services: [...new Set(items.flatMap(({ services }) => services))].sort() };
});

export const knowledgeMaintained: Rule = rule('7.6.1', {
  parts: [
    each('Service', {
      where: ({ status }) => (status ?? 'live') === 'live',
      none: { message: 'No service is declared that is live, so nothing says for what knowledge is needed.' },
      check: (service, context) => {
        if (!isLive(service, context)) return [];
        const { all, services } = context.read(known);
        if (all || services.includes(service.name)) return [];
        return [
          shortfall(`No knowledge is declared for ${named(service)}: what one needs to know to run it, and where it is.`, {
            place: placeOf(service),
            fixes: [addDeclaration('Declare the knowledge', placeOf(service), scaffold(service.name).text)],
          }),
        ];
      },
    }),
    each('Knowledge', {
      none: null,
      check: (knowledge, context) => [
        ...stated(knowledge, 'The knowledge', [
          { said: hasTopic(knowledge), what: 'what it is about', line: 'relevance "${1:TODO what it is good for}"' },
          { said: isFilledIn(knowledge.owner), what: 'who keeps it right', line: 'owner ${1:TODO}' },
        ]),
        ...checkReview(knowledge, context),
      ],
    }),
  ],
});

function checkReview(knowledge: Knowledge, context: RuleContext): readonly Remark[] {
  const { asOf } = context;
  const planned = context.plannedInterval('7.6.1');
  const last = dateOf(knowledge.review?.last);
  if (last === undefined || last > asOf) {
    return [
      shortfall(`Nothing says when ${named(knowledge)} was last seen to be right: review every ${planned.months}mo last DATE.`, {
        place: placeOf(knowledge, 'review', 'last'),
        fixes: knowledge.review ? [] : [addFact('Say when it was reviewed', placeOf(knowledge), `review every ${planned.months}mo last \${1:0000-00-00}`)],
      }),
    ];
  }
  const due = intervalAfter(last, knowledge.review?.every, planned.months);
  if (due === undefined || due >= asOf) return [];
  return [shortfall(`${named(knowledge)} was last reviewed on ${last}; by its interval (${intervalInWords(knowledge.review, planned)}) a review was due on ${due}.`, { place: placeOf(knowledge, 'review', 'last') })];
}

export const knowledgeUsable: Rule = rule('7.6.2', {
  parts: [
    each('Knowledge', {
      none: { message: 'No knowledge is declared, so nothing says who needs which and where it is.', declare: scaffold('all') },
      check: (knowledge, context) => {
        const fault = locationFault(knowledge, `The knowledge ${named(knowledge)}`, context);
        return [
          ...stated(knowledge, 'The knowledge', [
            { said: knowledge.audience.some(({ party, text }) => isFilledIn(party) || isFilledIn(text)), what: 'who needs it', line: 'audience "${1:TODO who needs it}"' },
            { said: isFilledIn(knowledge.access), what: 'who can open it', line: 'access "${1:TODO who can open it}"' },
            { said: isFilledIn(knowledge.file) || isFilledIn(knowledge.location), what: 'where it is', line: 'location "${1:TODO where it is}"' },
          ]),
          ...(fault ? [shortfall(fault.message, { place: fault.place })] : []),
        ];
      },
    }),
    attested('7.6.2'),
  ],
});
