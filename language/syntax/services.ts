import {
  createDefaultCoreModule,
  createDefaultSharedCoreModule,
  EmptyFileSystem,
  inject,
  type LangiumCoreServices,
  type LangiumSharedCoreServices,
} from 'langium';
import { ItsmsGeneratedModule, ItsmsGeneratedSharedModule } from '../generated/module.ts';
import { ItsmsTokenBuilder } from './token-builder.ts';
import { ItsmsValueConverter } from './value-converter.ts';

/** The part of Langium that turns text into a syntax tree; the same module serves the editor's completion. */
export const syntaxModule = {
  parser: {
    TokenBuilder: () => new ItsmsTokenBuilder(),
    ValueConverter: () => new ItsmsValueConverter(),
  },
};

/** Creates the language's services without an editor, a file system or a workspace. */
export function createSyntaxServices(): LangiumCoreServices {
  const shared: LangiumSharedCoreServices = inject(createDefaultSharedCoreModule(EmptyFileSystem), ItsmsGeneratedSharedModule);
  const services: LangiumCoreServices = inject(createDefaultCoreModule({ shared }), ItsmsGeneratedModule, syntaxModule);
  shared.ServiceRegistry.register(services);
  return services;
}
