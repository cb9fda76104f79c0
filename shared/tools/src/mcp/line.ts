import type { Egress, EgressOutcome } from '@vox/platform/egress';
import { answerHeard, answerIn } from './answer.ts';

/**
 * Why a server could not be used. `status`: it answers with an error of HTTP; a redirection is one. `too-large`: more
 * than the bound. `protocol`: it does not speak MCP. `asks`: it wants something of us first. `rejected`: it answers
 * with an error of its own. `interrupted`: whoever wanted it wants it no more.
 */
export type McpFailure =
  | Extract<EgressOutcome, { kind: 'refused' }>
  | Readonly<{ kind: 'failed'; reason: McpFailureReason; status?: number }>;
export type McpFailureReason =
  | Extract<EgressOutcome, { kind: 'failed' }>['reason']
  | 'status'
  | 'too-large'
  | 'protocol'
  | 'asks'
  | 'rejected'
  | 'interrupted';

/** A server that is called, and the bounds of all that is sent to it. `headers` hold secrets. */
export type McpServer = Readonly<{
  egress: Pick<Egress, 'send'>;
  url: string;
  headers: Readonly<Record<string, string>>;
  /** For all requests together. */
  wholeMs: number;
  /** Whose bounds of egress count. */
  owner?: string | undefined;
  /** Once it is aborted nothing more is asked, and what is under way is cut. */
  signal?: AbortSignal | undefined;
}>;

/** The whole of what is sent to a server in one use: opening, a list of some pages, one call. */
const requestsMax = 24;
const connectMsMax = 5_000;
const answerBytesMax = 512 * 1_024;
const goodbyeMs = 2_000;
const sent = new Set(['initialize', 'notifications/initialized', 'server/discover', 'tools/list', 'tools/call']);
/** As a server may name a session (MCP 2025-11-25, “Session Management”). */
const sessionId = /^[\x21-\x7e]{1,256}$/;

class Broken extends Error {}

/**
 * What the client library fetches with. It sends the requests that we have use for, to one address, through the guarded
 * egress; the library is given the answer to each request and nothing else that the server sent.
 */
export class Line {
  readonly #server: McpServer;
  readonly #until: number;
  #requests = 0;
  /** Bytes of all answers. */
  bytesIn = 0;
  /** What went wrong last. An answer takes it back, because a server of an older version refuses the first question. */
  trouble: McpFailure | undefined;
  constructor(server: McpServer) {
    this.#server = server;
    this.#until = performance.now() + server.wholeMs;
  }

  get leftMs(): number {
    return Math.max(0, Math.ceil(this.#until - performance.now()));
  }

  get isOver(): boolean {
    return this.#server.signal?.aborted === true;
  }

  /** The line breaks with its first cause: whatever the library makes of that has nothing to add. */
  #broken(trouble: McpFailure): Broken {
    this.trouble = trouble;
    return new Broken('the line to the server broke');
  }

  readonly fetch = async (url: string | URL, init: RequestInit = {}): Promise<Response> => {
    if (String(url) !== new URL(this.#server.url).href) throw this.#broken({ kind: 'failed', reason: 'protocol' });
    // The stream of a server's own requests: there are none that we would answer.
    if (init.method === 'GET') return new Response(null, { status: 405 });
    if (init.method === 'DELETE') return this.#goodbye(init);
    const { method, id }: { method?: unknown; id?: unknown } = JSON.parse(String(init.body));
    if (typeof method !== 'string' || !sent.has(method)) return new Response(null, { status: 202 });
    if (this.isOver) throw this.#broken({ kind: 'failed', reason: 'interrupted' });
    this.#requests += 1;
    if (this.#requests > requestsMax) throw this.#broken({ kind: 'failed', reason: 'protocol' });
    return this.#read(await this.#send('POST', init, this.leftMs, id), id);
  };

  async #send(method: 'POST' | 'DELETE', init: RequestInit, wholeMs: number, id?: unknown): Promise<EgressOutcome> {
    if (wholeMs === 0) return { kind: 'failed', reason: 'timeout' };
    const { egress, url, headers, owner, signal } = this.#server;
    // What the protocol needs wins over headers of the descriptor.
    const all = new Headers({ ...headers });
    for (const [name, value] of new Headers(init.headers)) all.set(name, value);
    return egress.send({
      ...{ url, method, wholeMs, headers: Object.fromEntries(all), connectMs: Math.min(wholeMs, connectMsMax) },
      ...(method === 'POST' ? { body: String(init.body), bodyMaxBytes: answerBytesMax } : { bodyMaxBytes: 0 }),
      ...{ owner, answerHeaders: ['mcp-session-id'] },
      // A goodbye is said behind the end.
      ...(method === 'POST' && { signal }),
      ...(id !== undefined && {
        enough: ({ headers: head }) => answerHeard([head['content-type'] ?? ''].flat().join(','), id),
      }),
    });
  }

  #read(outcome: EgressOutcome, id: unknown): Response {
    if (outcome.kind !== 'answered') throw this.#broken(outcome);
    const { status, body, isCut } = outcome;
    this.bytesIn += body.length;
    if (isCut) throw this.#broken({ kind: 'failed', reason: 'too-large' });
    const headers = new Headers();
    const session = outcome.headers['mcp-session-id'];
    if (session !== undefined) {
      if (!sessionId.test(session)) throw this.#broken({ kind: 'failed', reason: 'protocol' });
      headers.set('mcp-session-id', session);
    }
    if (status < 200 || status > 299) {
      this.trouble = { kind: 'failed', reason: 'status', status };
      if (status < 400 || status > 599) throw new Broken('the server answers with no status of an answer');
      return new Response(body.toString('utf8'), { status, headers });
    }
    this.trouble = undefined;
    if (id === undefined) return new Response(null, { status: 202, headers });
    const found = answerIn(outcome.headers['content-type'] ?? '', body.toString('utf8'), id);
    if (found.kind !== 'answer')
      throw this.#broken({ kind: 'failed', reason: found.kind === 'asks' ? 'asks' : 'protocol' });
    headers.set('content-type', 'application/json');
    return new Response(found.json, { status: 200, headers });
  }

  /** Tells the server that the session is over. Nobody waits for it. */
  #goodbye(init: RequestInit): Response {
    void this.#send('DELETE', init, goodbyeMs);
    return new Response(null, { status: 204 });
  }
}
