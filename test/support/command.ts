import type { CommandIo } from '../../server/cli/io.ts';
import { run } from '../../server/cli/run.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs a command of the command line in this process, as if typed in the given folder. Nothing is cached, nothing coloured. */
export async function itsms(folder: string, ...argv: readonly string[]): Promise<Ran> {
  let out = '';
  let error = '';
  const io: CommandIo = {
    out: (text) => void (out += text),
    error: (text) => void (error += text),
    folder,
    colour: false,
    cacheFolder: undefined,
    signal: new AbortController().signal,
  };
  const code = await run(argv, io);
  return { code, out, error };
}
