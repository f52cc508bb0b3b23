import type { Path } from '../../model/fragment.ts';
import { shown } from '../../values/problem.ts';
import type { Report } from '../report.ts';

/** A file is named from the folder of the project, with slashes, and lies within it: so the project means the same on every machine. */
export function checkFile(text: string, path: () => Path, report: Report, isPattern = false): void {
  if (text.trim() === '') {
    report.error('file-path', path(), 'A file is named here, from the folder of the project: its path is missing.');
  } else if (/^[a-z][a-z0-9+.-]+:\/\//i.test(text)) {
    report.error('file-path', path(), `${shown(text)} is an address; a file of the project is needed here${isPattern ? '' : ', such as "docs/policy.pdf"'}.`);
  } else if (/^(?:[/\\]|[a-z]:)/i.test(text) || text.startsWith('~')) {
    report.error('file-path', path(), `${shown(text)} names a place on one machine: write the path from the folder of the project, such as "data/tickets.csv".`);
  } else if (text.includes('\\')) {
    report.error('file-path', path(), 'Folders are separated by slashes (/).', `"${text.replaceAll('\\', '/')}"`);
  } else if (text.split('/').includes('..')) {
    report.error('file-path', path(), `${shown(text)} leads out of the project: only files within its folder are read.`);
  } else if (hasControlCharacter(text)) {
    report.error('file-path', path(), 'This path holds a character that no file name has.');
  }
}

function hasControlCharacter(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) < 32) return true;
  return false;
}
