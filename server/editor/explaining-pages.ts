import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { pageOfCode } from '../iso20000/requirements-list.ts';

const here = dirname(fileURLToPath(import.meta.url));
/** The product's folder: above `dist` where the server is bundled, else above `server/editor`. */
const product = basename(here) === 'dist' ? dirname(here) : resolve(here, '../..');

const addresses = new Map<string, string | undefined>();

/** The address of the page that explains a finding's code, if the product was built with one. */
export function pageAddress(code: string): string | undefined {
  if (!addresses.has(code)) {
    const page = pageOfCode(code);
    const path = page === undefined ? undefined : resolve(product, page);
    addresses.set(code, path !== undefined && existsSync(path) ? pathToFileURL(path).href : undefined);
  }
  return addresses.get(code);
}
