import type { Socket } from 'node:net';
import { Client, type Dispatcher, errors } from 'undici';
import type { Target } from './target.ts';

/**
 * `reset`: the line broke before the end of the answer. `protocol`: what came is no answer of HTTP/1, lies about its
 * length, or is far too much.
 */
export type ExchangeFailure = 'reset' | 'protocol';

/** An answer as it came. `isCut`: there was more of its body than was wanted. */
export type Exchange = Readonly<{
  kind: 'answered';
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
  isCut: boolean;
}>;

/**
 * Looks at the head of an answer for whoever needs only a part of its body, and answers what is told each piece of that
 * body and says once all that is wanted was in it. Without such an answer the body is read to its end.
 */
export type Enough = (head: Pick<Exchange, 'status' | 'headers'>) => ((part: Buffer) => boolean) | undefined;

type ExchangeRequest = Readonly<{
  /** A line of its own, which ends with the exchange. */
  line: Socket;
  target: Target;
  method: string;
  headers: Readonly<Record<string, string>>;
  body?: string | undefined;
  bodyMaxBytes: number;
  enough?: Enough | undefined;
}>;
type Outcome = Exchange | Readonly<{ kind: 'failed'; reason: ExchangeFailure }>;

/** Nobody hears of it: an error with its stack would be made for each exchange. */
const over = new Error('the exchange is over');

/** The head of an answer may be so long. */
const maxHeaderSize = 16_384;
/** So many interim answers (1xx) may come before the answer. */
const interimMax = 8;
/** What an answer takes on the line beside its body: heads, trailers, TLS. A chunk of one byte takes six. */
const aroundBytes = 262_144;
const perBodyByte = 8;

const optionsOf = (line: Socket): Client.Options => ({
  // The line that was made to a checked address, and no other: this client opens none by itself. Told at once, it would
  // wait for ever.
  connect: (_wanted, found) => queueMicrotask(() => found(null, line)),
  ...{ maxHeaderSize, allowH2: false, pipelining: 1 },
  // Whoever asks has a deadline, which breaks the line.
  ...{ headersTimeout: 0, bodyTimeout: 0 },
});

/** One request over a line, and its answer. Follows nothing and never throws; it ends when the line breaks. */
export function exchange({ line, target, bodyMaxBytes, body, enough, ...asked }: ExchangeRequest): Promise<Outcome> {
  return new Promise((resolve) => {
    const client = new Client(target.url.origin, optionsOf(line));
    const finish = (outcome: Outcome): void => {
      resolve(outcome);
      // Not at once: the parser may be at work on the line just now.
      setImmediate(() => {
        line.destroy();
        void client.destroy(over).catch(() => undefined);
      });
    };
    line.on('readable', () => {
      if (line.bytesRead > aroundBytes + perBodyByte * bodyMaxBytes) finish({ kind: 'failed', reason: 'protocol' });
    });
    const path = `${target.url.pathname}${target.url.search}`;
    const request = { ...asked, path, body: body ?? null, reset: true } as Dispatcher.DispatchOptions;
    try {
      client.dispatch(request, readerOf(bodyMaxBytes, enough, finish));
    } catch {
      finish({ kind: 'failed', reason: 'protocol' });
    }
  });
}

/** Reads an answer, and no more of it than was wanted. */
function readerOf(
  maxBytes: number,
  enough: Enough | undefined,
  finish: (outcome: Outcome) => void,
): Dispatcher.DispatchHandler {
  let head: Pick<Exchange, 'status' | 'headers'> | undefined;
  let interim = 0;
  let body = wanted(maxBytes);
  const answer = (isCut: boolean): void => {
    if (head) finish({ kind: 'answered', ...head, body: body.bytes(), isCut });
  };
  return {
    onRequestStart: () => undefined,
    onResponseStart(_controller, status, headers) {
      if (status >= 200) {
        head = { status, headers };
        // Of a body that is compressed no piece says anything by itself.
        if (headers['content-encoding'] === undefined) body = wanted(maxBytes, enough?.(head));
      } else if (++interim > interimMax) finish({ kind: 'failed', reason: 'protocol' });
      if (head && maxBytes === 0) answer(true);
    },
    onResponseData(_controller, part) {
      const taken = body.take(part);
      if (taken !== 'more') answer(taken === 'cut');
    },
    onResponseEnd: () => answer(false),
    onResponseError: (_controller, error) =>
      finish({ kind: 'failed', reason: isCrooked(error) ? 'protocol' : 'reset' }),
  };
}

/** Of a body what is wanted of it. What comes behind that is dropped. */
function wanted(maxBytes: number, isEnough: (part: Buffer) => boolean = () => false) {
  let size = 0;
  let state: 'more' | 'cut' | 'enough' = 'more';
  const parts: Buffer[] = [];
  return {
    bytes: () => Buffer.concat(parts).subarray(0, maxBytes),
    take(part: Buffer): typeof state {
      if (state !== 'more') return state;
      parts.push(part);
      size += part.length;
      if (size > maxBytes) state = 'cut';
      else if (isEnough(part)) state = 'enough';
      return state;
    },
  };
}

const { HTTPParserError, HeadersOverflowError, ResponseContentLengthMismatchError } = errors;
const isCrooked = (error: Error): boolean =>
  [HTTPParserError, HeadersOverflowError, ResponseContentLengthMismatchError].some((kind) => error instanceof kind) ||
  // Interim answers that nobody asked for (100, 101), and an answer to nothing.
  /^bad (response|upgrade)$/.test(error.message);
