/** The command line, `itsms`. */
import { processIo } from './process-io.ts';
import { run } from './run.ts';

// The exit code is set rather than the process ended: what was written to a pipe still has to arrive.
process.exitCode = await run(process.argv.slice(2), processIo());
