import { spawn } from 'node:child_process';

/**
 * Runs a command to its end, with its output shown only when it fails.
 *
 * @throws Error with the end of the output when the command fails or takes longer than `limitSeconds`
 */
export async function runCommand(
  command: string,
  parameters: readonly string[],
  options: { readonly folder?: string; readonly limitSeconds: number },
): Promise<void> {
  const child = spawn(command, [...parameters], {
    cwd: options.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString('utf8')).slice(-4000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const reason = await new Promise<string | undefined>((settle) => {
    const limit = setTimeout(() => {
      child.kill('SIGKILL');
      settle(`took longer than ${options.limitSeconds} s`);
    }, options.limitSeconds * 1000);
    child.once('error', (error) => {
      clearTimeout(limit);
      settle(error.message);
    });
    child.once('exit', (code, signal) => {
      clearTimeout(limit);
      settle(code === 0 ? undefined : `ended with ${code ?? signal ?? 'nothing'}`);
    });
  });
  if (reason !== undefined) {
    throw new Error(`${command} ${parameters.join(' ')}: ${reason}\n${output}`);
  }
}
