import { existsSync } from 'node:fs';
import { getuid } from 'node:process';
import { runCommand } from './run-command.ts';

const places: readonly string[] = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The browser on this machine, or undefined. `ITSMS_CHROMIUM` names one elsewhere. */
export function findChromium(): string | undefined {
  const named = process.env['ITSMS_CHROMIUM'];
  return [...(named ? [named] : []), ...places].find((path) => existsSync(path));
}

/**
 * The browser on this machine; on a Debian machine without one, and with the right to do so, it is installed first.
 *
 * @throws Error that says what is missing
 */
export async function ensureChromium(): Promise<string> {
  const present = findChromium();
  if (present !== undefined) {
    return present;
  }
  if (existsSync('/usr/bin/apt-get') && getuid?.() === 0) {
    console.log('installing chromium');
    await runCommand('apt-get', ['update', '-qq'], { limitSeconds: 180 });
    await runCommand('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { limitSeconds: 300 });
    const installed = findChromium();
    if (installed !== undefined) {
      return installed;
    }
  }
  throw new Error(
    'No Chromium on this machine. Install it (Debian: apt-get install chromium), or name one in ITSMS_CHROMIUM.',
  );
}
