import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Reply = { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown } | 'never';

/** A server on loopback that speaks Trino's client protocol as far as `answer` does. */
export class TrinoServer {
  readonly seen: Seen[] = [];
  readonly #server: Server;
  readonly #awaited: { readonly wanted: (seen: Seen) => boolean; readonly settle: () => void }[] = [];

  constructor(answer: (seen: Seen) => Reply | Promise<Reply>) {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const seen: Seen = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() };
        this.seen.push(seen);
        for (const { wanted, settle } of this.#awaited) if (wanted(seen)) settle();
        void Promise.resolve(answer(seen)).then((reply) => {
          if (reply === 'never') return;
          response.writeHead(reply.status ?? 200, { 'Content-Type': 'application/json', ...reply.headers }).end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body ?? {}));
        });
      });
    });
  }

  /** When a request has come. */
  async reached(wanted: (seen: Seen) => boolean): Promise<void> {
    await new Promise<void>((settle) => (this.seen.some(wanted) ? settle() : this.#awaited.push({ wanted, settle })));
  }

  uri(path: string): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${path}`;
  }

  async start(): Promise<void> {
    await new Promise<void>((settle) => this.#server.listen(0, '127.0.0.1', settle));
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
