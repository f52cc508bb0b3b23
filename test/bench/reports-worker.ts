/**
 * Runs a command of the command line in a process of its own, from its sources, and prints how long it took as JSON.
 * Arguments: a folder to work in, then the command with its parameters.
 */
import { run } from '../../server/cli/run.ts';

const [folder = '', ...argv] = process.argv.slice(2);
let errors = '';
const startCpu = process.cpuUsage();
const start = performance.now();
const code = await run(argv, { out: () => undefined, error: (text) => void (errors += text), folder, colour: false, cacheFolder: undefined, signal: new AbortController().signal });
const ms = performance.now() - start;
const { user, system } = process.cpuUsage(startCpu);
console.log(JSON.stringify({ code, ms, cpu: (user + system) / 1000, bytes: process.resourceUsage().maxRSS * 1024, errors: code === 2 ? errors : '' }));
