import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

/** Rows of text as comma-separated values (RFC 4180, UTF-8): the one form in which the engine reads data. */
export class TableWriter {
  readonly #stream: WriteStream;
  #waiting = '';
  rows = 0;

  constructor(path: string) {
    this.#stream = createWriteStream(path, { flags: 'wx' });
    // A failure is told by the writing that fails, not by a crash.
    this.#stream.on('error', () => undefined);
  }

  async row(cells: readonly string[]): Promise<void> {
    this.#waiting += `${cells.map(quoted).join(',')}\n`;
    this.rows++;
    if (this.#waiting.length > 1 << 16) await this.#flush();
  }

  async end(): Promise<void> {
    await this.#flush();
    this.#stream.end();
    await finished(this.#stream);
  }

  async #flush(): Promise<void> {
    const text = this.#waiting;
    this.#waiting = '';
    if (text !== '') await new Promise<void>((settle, fail) => this.#stream.write(text, (error) => (error ? fail(error) : settle())));
  }
}

/** Always in quotes where it could be misread; an empty cell is empty. */
function quoted(cell: string): string {
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
