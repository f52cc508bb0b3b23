import { CannotRun } from '../io.ts';
import type { AddCommand } from '../run.ts';

/** `itsms lsp --stdio`: the language server for editors other than VS Code. */
export const lspCommand: AddCommand = (program) => {
  program
    .command('lsp')
    .description('Run the language server, for any editor that speaks the Language Server Protocol')
    .option('--stdio', 'talk over standard input and output')
    .allowExcessArguments(false)
    .action(async (options: { readonly stdio?: boolean }) => {
      if (options.stdio !== true) throw new CannotRun('lsp talks over standard input and output only: itsms lsp --stdio');
      const { serve } = await import('../../editor/serve.ts');
      serve();
    });
};
