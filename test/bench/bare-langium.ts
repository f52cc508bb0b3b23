/**
 * Langium as it comes: its own lexer, parser, document builder, scopes, linker and workspace, with no rules. Of ours it
 * has the grammar, the token builder without which names could not be words of the language, and the value converter.
 */
import { createDefaultCoreModule, createDefaultSharedCoreModule, EmptyFileSystem, inject, URI, type LangiumCoreServices, type LangiumDocument, type LangiumSharedCoreServices } from 'langium';
import { ItsmsGeneratedModule, ItsmsGeneratedSharedModule } from '../../language/generated/module.ts';
import { ItsmsTokenBuilder } from '../../language/syntax/token-builder.ts';
import { ItsmsValueConverter } from '../../language/syntax/value-converter.ts';
import type { GeneratedFile } from './generate-model.ts';

export interface BareWorkspace {
  readonly documents: readonly LangiumDocument[];
}

export async function buildBare(files: readonly GeneratedFile[]): Promise<BareWorkspace> {
  const shared: LangiumSharedCoreServices = inject(createDefaultSharedCoreModule(EmptyFileSystem), ItsmsGeneratedSharedModule);
  const services: LangiumCoreServices = inject(createDefaultCoreModule({ shared }), ItsmsGeneratedModule, {
    parser: { TokenBuilder: () => new ItsmsTokenBuilder(), ValueConverter: () => new ItsmsValueConverter() },
  });
  shared.ServiceRegistry.register(services);
  const documents = files.map(({ file, text }) => shared.workspace.LangiumDocumentFactory.fromString(text, URI.parse(`file:///${file}`)));
  for (const document of documents) shared.workspace.LangiumDocuments.addDocument(document);
  await shared.workspace.DocumentBuilder.build(documents, { validation: true });
  return { documents };
}
