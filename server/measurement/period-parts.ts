import type { Figure, Verdict } from './figure.ts';

/** From the one that decides over all others to the one that says least. */
const weight: Readonly<Record<Verdict, number>> = { missed: 5, unknown: 4, tooFew: 3, warning: 2, met: 1, noTarget: 0 };

/**
 * One figure per subject and period: parts of a period in which a target changed become one, whose verdict is the worst of theirs. What it
 * shows is the part that decides, so that value, target and verdict belong together.
 */
export function withPartsTogether(figures: readonly Figure[]): readonly Figure[] {
  if (!figures.some(({ days }) => days !== undefined)) return figures;
  const groups = new Map<string, Figure[]>();
  for (const figure of figures) {
    const key = JSON.stringify([figure.subject, figure.period]);
    const group = groups.get(key);
    if (group) group.push(figure);
    else groups.set(key, [figure]);
  }
  return [...groups.values()].map((group) => (group.length === 1 ? group[0]! : together(group)));
}

function together(group: readonly Figure[]): Figure {
  const parts = [...group].sort((a, b) => ((a.days?.firstDay ?? '') < (b.days?.firstDay ?? '') ? -1 : 1));
  // A part without any record says nothing where another has some.
  const speaking = parts.filter((part) => part.sample !== 0 || part.excluded.length > 0 || part.value !== undefined);
  const deciding = (speaking.length === 0 ? parts : speaking).reduce((worst, part) => (weight[part.verdict] >= weight[worst.verdict] ? part : worst));
  const days = ({ days: of }: Figure): string => (of === undefined ? deciding.period : `${of.firstDay} to ${of.lastDay}`);
  return {
    ...deciding, parts,
    computation: `The target changed in ${deciding.period}; what is shown is that of ${days(deciding)}. ${parts.map((part) => part.computation).join(' ')}`,
  };
}
