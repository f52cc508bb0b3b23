/** Langium as it comes: its own document builder, scopes, linker and workspace, on the same grammar and tokens, with no rules. */
import { URI, type LangiumDocument } from 'langium';
import { createSyntaxServices } from '../../language/syntax/services.ts';
import type { GeneratedFile } from './generate-model.ts';

export interface BareWorkspace {
  readonly documents: readonly LangiumDocument[];
}

export async function buildBare(files: readonly GeneratedFile[]): Promise<BareWorkspace> {
  const { shared } = createSyntaxServices();
  const documents = files.map(({ file, text }) => shared.workspace.LangiumDocumentFactory.fromString(text, URI.parse(`file:///${file}`)));
  for (const document of documents) shared.workspace.LangiumDocuments.addDocument(document);
  await shared.workspace.DocumentBuilder.build(documents, { validation: true });
  return { documents };
}
