/** Spreadsheets (Office Open XML, .xlsx): the first row of a sheet that is not empty names the columns. */
import { open, stat } from 'node:fs/promises';
import readSheets from 'read-excel-file/node';
import { formatOf } from './format.ts';
import { Refusal } from './rows.ts';

/** In bytes, packed. Larger tables come as CSV. */
const largest = 64 * 1024 * 1024;

/** The rows of a sheet as text, the header row first. @param sheet its name; the first where left out */
export async function readSpreadsheet(path: string, sheet: string | undefined): Promise<readonly (readonly string[])[]> {
  if ((await stat(path)).size > largest) throw new Refusal(`is larger than ${largest / 1024 / 1024} MiB: export it as CSV`);
  let sheets: Awaited<ReturnType<typeof readSheets>>;
  try {
    sheets = await readSheets(path);
  } catch {
    throw new Refusal('is an archive, but no spreadsheet that can be read: export it as CSV');
  }
  const found = sheet === undefined ? sheets[0] : sheets.find((one) => one.sheet === sheet);
  if (!found) throw new Refusal(sheet === undefined ? 'has no sheet' : `has no sheet “${sheet}”; it has ${sheets.map((one) => `“${one.sheet}”`).join(', ')}`);
  return found.data.filter((row) => row.some((cell) => cell !== null)).map((row) => row.map(text));
}

/** The sheets of a file; undefined where it is no spreadsheet that can be read. */
export async function sheetNames(path: string): Promise<readonly string[] | undefined> {
  const handle = await open(path, 'r');
  const head = Buffer.alloc(4);
  await handle.read(head, 0, 4, 0).finally(() => handle.close());
  if (formatOf(head) !== 'spreadsheet' || (await stat(path)).size > largest) return undefined;
  return readSheets(path).then((sheets) => sheets.map(({ sheet }) => sheet), () => undefined);
}

/** Cells know no time zone: a date is written as the sheet shows it. */
function text(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().replace(/\.\d{3}Z$/, '').replace(/T00:00:00$/, '');
  return String(cell);
}
