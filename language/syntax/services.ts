import {
  createDefaultCoreModule,
  createDefaultSharedCoreModule,
  createLangiumParser,
  EmptyFileSystem,
  inject,
  type LangiumParser,
  type LangiumCoreServices,
  type LangiumSharedCoreServices,
} from 'langium';
import { ItsmsGeneratedModule, ItsmsGeneratedSharedModule } from '../generated/module.ts';
import { ItsmsLexer } from './lexer.ts';
import { ItsmsTokenBuilder } from './token-builder.ts';
import { ItsmsValueConverter } from './value-converter.ts';

/**
 * The parser, without the list of everything that could have come at a fault: for a grammar of this size it takes a second at each
 * fault to compute, and our own messages do not use it.
 */
function createParser(services: LangiumCoreServices): LangiumParser {
  const parser = createLangiumParser(services);
  Reflect.set(Reflect.get(parser, 'wrapper') as object, 'maxLookahead', 1);
  return parser;
}

/** The part of Langium that turns text into a syntax tree; the same module serves the editor's completion. */
export const syntaxModule = {
  parser: {
    LangiumParser: createParser,
    TokenBuilder: () => new ItsmsTokenBuilder(),
    Lexer: (services: LangiumCoreServices) => new ItsmsLexer(services),
    ValueConverter: () => new ItsmsValueConverter(),
  },
};

let own: LangiumCoreServices | undefined;

/** The language's services that all of a process share: making the parser takes a third of a second. */
export function syntaxServices(): LangiumCoreServices {
  return (own ??= createSyntaxServices());
}

/** Creates the language's services without an editor, a file system or a workspace. */
export function createSyntaxServices(): LangiumCoreServices {
  const shared: LangiumSharedCoreServices = inject(createDefaultSharedCoreModule(EmptyFileSystem), ItsmsGeneratedSharedModule);
  const services: LangiumCoreServices = inject(createDefaultCoreModule({ shared }), ItsmsGeneratedModule, syntaxModule);
  shared.ServiceRegistry.register(services);
  return services;
}
