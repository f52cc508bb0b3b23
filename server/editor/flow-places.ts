/** What stands above a process, and what a hover says on its name and those of its steps: whether its flow can run, and how long it may take. */
import type { CodeLens, Position, Range } from 'vscode-languageserver';
import type { Process } from '../../language/model/declarations.ts';
import type { PlacedEntity } from '../../language/model/fragment.ts';
import { spanAtPath } from '../../language/model/places.ts';
import { flowStudy, studyInWords } from '../analysis/flow/flow-study.ts';
import { inWords } from '../analysis/flow/flow-times.ts';
import type { EditorProject } from './editor-project.ts';
import type { HoverText } from './hover.ts';
import { plain } from './markdown.ts';
import { spanRange, touches } from './positions.ts';

type FlowProject = Pick<EditorProject, 'model'>;

interface FlowPlace {
  readonly placed: PlacedEntity;
  readonly process: Process;
  readonly range: Range;
}

/** Processes of a file that have a flow, each at its name. */
function flowPlaces({ model }: FlowProject, file: string): readonly FlowPlace[] {
  return (model.fragment(file)?.declarations ?? []).flatMap((placed): FlowPlace[] => {
    const { node } = placed.entity;
    return node.$type === 'Process' && node.nodes.length > 0 ? [{ placed, process: node, range: spanRange(placed, spanAtPath(node, ['name'])) }] : [];
  });
}

/** The command of the client that shows the flow of one process. */
const showFlowCommand = 'itsms.showFlow';

/** `sound · longest way 3h20min in office`, and a way to the drawing. */
export function flowLenses(project: FlowProject, file: string, root: string): CodeLens[] {
  return flowPlaces(project, file).flatMap(({ process, range }) => [
    { range, command: { title: studyInWords(flowStudy(process, project.model)), command: '' } },
    { range, command: { title: 'Show flow', command: showFlowCommand, arguments: [{ process: process.name, title: process.title ?? process.name, project: root }] } },
  ]);
}

/** Markdown; undefined where neither a process nor one of its nodes is named at a position. */
export function flowHoverAt(project: FlowProject, file: string, position: Position): HoverText | undefined {
  for (const { placed, process, range } of flowPlaces(project, file)) {
    const names = [range, ...process.nodes.map((_, index) => spanRange(placed, spanAtPath(process, ['nodes', index, 'name'])))];
    const at = names.find((one) => touches(one, position));
    if (!at) continue;
    const study = flowStudy(process, project.model);
    const faults = study.verdict.kind === 'unsound' ? study.verdict.faults.map(({ message }) => `- ${plain(message)}`) : [];
    const circle = study.neverEnds ? [`- ${plain(`What it calls comes back to it: ${[...study.neverEnds.circle, process.name].join(' → ')}`)}`] : [];
    const lines = [...faults, ...circle, ...(study.time ? [`- ${plain(inWords(process, study.time))}`] : [])];
    return { text: [`**Flow of ${plain(process.title ?? process.name)}:** ${plain(studyInWords(study))}`, ...(lines.length > 0 ? [lines.join('\n')] : [])].join('\n\n'), range: at };
  }
  return undefined;
}
