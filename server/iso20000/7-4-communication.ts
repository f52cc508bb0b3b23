/** Clause 7.4, communication. */
import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall, type Remark } from '../assessment/remark.ts';
import { declareFixes, each, rule, system, type NewDeclaration, type Rule, type RuleContext } from '../assessment/rule.ts';
import { listed, named } from '../assessment/wording.ts';

type Communication = DeclarationTypes['Communication'];
type Direction = NonNullable<Communication['direction']>;

function scaffold(direction: Direction): NewDeclaration {
  return {
    title: direction === 'internal' ? 'Declare what is told inside' : 'Declare what is told outside',
    text: `communication \${1:${direction}-news} "\${2:TODO what is told}" {\n  direction ${direction}\n  audience "\${3:TODO whom}"\n  timing "\${4:TODO when}"\n  channel "\${5:TODO how}"\n  responsible \${6:TODO}\n}`,
  };
}

/** Whether it says what is told: its title, what it is about or what it covers. */
function hasSubject({ title, about, covers }: Communication): boolean {
  return isFilledIn(title) || about.some(isFilledIn) || covers.some(isFilledIn);
}

export const subjects: Rule = rule('7.4.a', {
  parts: [
    system((context) => {
      const known = context.model.all('Communication').filter(hasSubject);
      const missing = (['internal', 'external'] as const).filter((wanted) => !known.some(({ direction }) => direction === wanted));
      if (missing.length === 0) return [];
      const words: Readonly<Record<Direction, string>> = { internal: 'inside the organization', external: 'outside it' };
      return [
        shortfall(`Nothing says what is told ${listed(missing.map((direction) => words[direction]), 'or')} about the system and the services: a communication with ${listed(missing.map((direction) => `“direction ${direction}”`), 'and')}.`, {
          fixes: missing.flatMap((direction) => declareFixes(context, scaffold(direction))),
        }),
      ];
    }),
    each('Communication', {
      none: null,
      check: (communication) => {
        const place = placeOf(communication);
        if (!hasSubject(communication)) return [shortfall(`The communication ${communication.name} does not say what is told: give it a title, or say what it covers.`, { place, fixes: [addFact('Say what it covers', place, 'covers ${1:TODO}')] })];
        if (communication.direction === undefined) return [shortfall(`${named(communication)} does not say whether it is told inside or outside: direction internal or external.`, { place })];
        return [];
      },
    }),
  ],
});

interface Aspect {
  readonly said: (communication: Communication, context: RuleContext) => boolean;
  /** Completing “does not say …”. */
  readonly what: string;
  readonly line: string;
}

/** A row that asks every communication for one fact. */
function says(row: string, { said, what, line }: Aspect, more?: (communication: Communication, context: RuleContext) => readonly Remark[]): Rule {
  return rule(row, {
    parts: each('Communication', {
      none: { message: `No communication is declared, so nothing says ${what}.`, declare: scaffold('internal') },
      check: (communication, context) => {
        if (said(communication, context)) return more?.(communication, context) ?? [];
        const place = placeOf(communication);
        return [shortfall(`${named(communication)} does not say ${what}.`, { place, fixes: [addFact(`Say ${what}`, place, line)] })];
      },
    }),
  });
}

export const timing: Rule = says('7.4.b', { said: ({ timing: when }) => isFilledIn(when), what: 'when it is told', line: 'timing "${1:TODO when}"' });
export const audience: Rule = says('7.4.c', { said: ({ audience: whom }) => whom.some(({ party, text }) => isFilledIn(party) || isFilledIn(text)), what: 'whom it is told', line: 'audience "${1:TODO whom}"' });
export const channel: Rule = says('7.4.d', { said: ({ channel: how }) => isFilledIn(how), what: 'how it is told', line: 'channel "${1:TODO how}"' });

export const responsiblePerson: Rule = says(
  '7.4.e',
  { said: ({ responsible }) => isFilledIn(responsible), what: 'who is responsible for telling it', line: 'responsible ${1:TODO}' },
  (communication, { model }) => {
    const { responsible } = communication;
    const isPerson = (id: string): boolean => model.get('Person', id) !== undefined;
    const role = model.get('Role', responsible);
    const team = model.get('Team', responsible);
    if (model.get('Person', responsible) || role?.holders.some(isPerson) || (team?.lead !== undefined && isPerson(team.lead))) return [];
    const missing = role ? `nobody holds the role ${named(role)}` : team ? `the team ${named(team)} has no lead` : `no person, role or team is called ${responsible}`;
    return [
      shortfall(`${capital(missing)}, so no person is responsible for ${named(communication)}.`, {
        place: placeOf(communication, 'responsible'),
        fixes: role ? [addFact('Say who holds it', placeOf(role), 'held by ${1:TODO}')] : team ? [addFact('Say who leads it', placeOf(team), 'lead ${1:TODO}')] : [],
      }),
    ];
  },
);

function capital(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
