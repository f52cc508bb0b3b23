/** What the editor asks to add a source for files. */
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { recordKinds } from '../../language/model/record-kinds.ts';
import { openChoices } from '../../language/values/open.ts';
import { textValue } from '../../language/values/text.ts';
import { openPoints } from '../measurement/propose-source/open-points.ts';
import { proposalFor, proposalProfile } from '../measurement/propose-source/proposal.ts';
import { guessKind } from '../measurement/propose-source/record-kind.ts';
import type { Project } from '../project/project.ts';
import type { ProposeSourceParams, ProposeSourceResult } from '../protocol.ts';
import type { OpenProject } from './workspace.ts';

/** Where sources go in a project that has no text yet. */
const firstFile = 'sources.itsms';

/** @throws ResponseError where nothing can be proposed, in words for the person who asked */
export async function proposeSourceFor(opened: OpenProject, { files, kind }: ProposeSourceParams, signal: AbortSignal): Promise<ProposeSourceResult> {
  const { project } = opened;
  const profile = await proposalProfile(project, { patterns: files.map((uri) => opened.fileOf(uri)), signal });
  if (typeof profile === 'string') throw new ResponseError(LSPErrorCodes.RequestFailed, profile);
  const { kinds } = guessKind(profile);
  const listed = kinds.map(({ kind: id, why }) => ({ id, description: recordKinds[id]?.description ?? '', why: why.join('; ') }));
  if (kind === undefined) return { kinds: listed };
  const proposed = proposalFor(project, profile, { kind });
  if (typeof proposed === 'string') throw new ResponseError(LSPErrorCodes.RequestFailed, proposed);
  return { kinds: listed, proposal: { uri: opened.uriOf(fileOfSources(project)), name: proposed.name, snippet: snippetOf(proposed.text), open: openPoints(proposed.text).length } };
}

/** The file that holds most of the sources; without any, the first one. */
function fileOfSources({ model, files }: Pick<Project, 'model'> & { files(): readonly string[] }): string {
  const sources = new Map<string, number>();
  for (const { $key } of model.all('Source')) for (const { file } of model.placed($key)) sources.set(file, (sources.get(file) ?? 0) + 1);
  return [...sources].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? files()[0] ?? firstFile;
}

/** A text as a snippet: every open point a stop, with its choices where it names them. The text itself is taken as it is. */
export function snippetOf(text: string): string {
  let snippet = '';
  let from = 0;
  for (const [index, { offset, length }] of openPoints(text).entries()) {
    const point = text.slice(offset, offset + length);
    const choices = point.startsWith('"') ? openChoices(textValue(point)).map((choice) => `"${choice}"`) : [];
    // The open text is itself the first choice: nothing is decided by leaving it.
    // Names of columns may hold what a snippet or a text takes for its own.
    const isPlain = choices.length > 1 && choices.every((choice) => /^"[\p{L}\p{N} _./:'+-]*"$/u.test(choice));
    const stop = isPlain ? `|${[point, ...choices].map((choice) => choice.replace(/[\\,|]/g, '\\$&')).join(',')}|` : `:${escaped(point)}`;
    snippet += `${escaped(text.slice(from, offset))}\${${index + 1}${stop}}`;
    from = offset + length;
  }
  return snippet + escaped(text.slice(from));
}

function escaped(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
