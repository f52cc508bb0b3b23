/** What stands above a promise, and what a hover says of it: whether it can be kept by what it rests on, while it is being typed. */
import type { CodeLens, Position, Range } from 'vscode-languageserver';
import { spanAtPath } from '../../language/model/places.ts';
import type { Path } from '../../language/model/fragment.ts';
import type { AgreementFeasibility, FeasibilityCheck } from '../analysis/feasibility/check.ts';
import type { EditorProject } from './editor-project.ts';
import type { HoverText } from './hover.ts';
import { plain } from './markdown.ts';
import { spanRange, touches } from './positions.ts';

export interface FeasibilityProject extends Pick<EditorProject, 'model'> {
  /** Undefined where no agreement of this name is in force. */
  feasibility(agreement: string): AgreementFeasibility | undefined;
}

interface CheckPlace {
  readonly check: FeasibilityCheck;
  /** Of the fact's name. */
  readonly range: Range;
  /** Its name and its values: a margin is looked up where a number is typed. */
  readonly all: readonly Range[];
}

/** What of a target holds a number, beside its name. */
const values: readonly string[] = ['name', 'value', 'within', 'share', 'clock'];

function checkPlaces(project: FeasibilityProject, file: string): readonly CheckPlace[] {
  return (project.model.fragment(file)?.declarations ?? []).flatMap((placed) => {
    const { node } = placed.entity;
    if (node.$type !== 'Agreement') return [];
    const at = (path: Path): Range => spanRange(placed, spanAtPath(node, path));
    return (project.feasibility(node.name)?.checks ?? []).map((check): CheckPlace => ({
      check,
      range: at(check.path),
      all: check.path[0] === 'targets' ? values.map((value) => at([...check.path.slice(0, -1), value])) : [at(check.path)],
    }));
  });
}

/** A lens for each promise that can or cannot be kept; what cannot be told is left to the hover, but for availability. */
export function feasibilityLenses(project: FeasibilityProject, file: string): CodeLens[] {
  return checkPlaces(project, file).flatMap(({ check, range }): CodeLens[] => {
    const isTold = check.verdict === 'notKept' || (check.verdict === 'unknown' ? check.kind === 'availability' : check.marginSeconds !== null && (check.steps.length > 0 || check.links.length > 0));
    return isTold ? [{ range, command: { title: check.margin.replace(/\s+/gu, ' '), command: '' } }] : [];
  });
}

/** Markdown; undefined where no promise is stated at a position. */
export function feasibilityHoverAt(project: FeasibilityProject, file: string, position: Position): HoverText | undefined {
  const here = checkPlaces(project, file).filter(({ all }) => all.some((range) => touches(range, position)));
  const [first] = here;
  return first && { text: here.map(({ check }) => checkText(check)).join('\n\n'), range: first.range };
}

const verdicts: Readonly<Record<FeasibilityCheck['verdict'], string>> = { kept: 'Can be kept', notKept: 'Cannot be kept', unknown: 'Whether it can be kept cannot be told' };

function checkText({ verdict, summary, steps, remedies, notComparable }: FeasibilityCheck): string {
  const lines = [...steps.map((step) => `- ${plain(step)}`), ...remedies.map(({ message }) => `- → ${plain(message)}`), ...notComparable.map((reason) => `- not compared: ${plain(reason)}`)];
  return [`**${verdicts[verdict]}.** ${plain(summary)}`, ...(lines.length > 0 ? [lines.join('\n')] : [])].join('\n\n');
}
