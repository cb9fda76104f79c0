import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import { rootCertificates } from 'node:tls';
import type { Target } from './target.ts';

/** `connect`: nobody took the call. `tls`: not who the name says. `reset`: the line broke before the answer. */
export type ExchangeFailure = 'connect' | 'tls' | 'reset' | 'timeout';

export type Exchange = Readonly<{
  kind: 'answered';
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  isCut: boolean;
}>;

type ExchangeRequest = Readonly<{
  target: Target;
  method: string;
  headers: Readonly<Record<string, string>>;
  body?: string | undefined;
  connectMs: number;
  wholeMs: number;
  bodyMaxBytes: number;
  lookup: LookupFunction;
  ca: string | undefined;
}>;

/** The head of an answer may be so long. */
const maxHeaderSize = 16_384;

const optionsOf = ({ target, method, headers, body = '', lookup, ca }: ExchangeRequest): RequestOptions => {
  const { host, port, url, isTls } = target;
  return {
    ...{ host, port, path: `${url.pathname}${url.search}`, method, lookup, maxHeaderSize },
    // No line is shared: a kept one could have been made under other rules.
    agent: false,
    headers: { ...headers, host: url.host, connection: 'close', 'content-length': String(Buffer.byteLength(body)) },
    ...(isTls && {
      ...(isIP(host) === 0 && { servername: host }),
      ...(ca !== undefined && { ca: [...rootCertificates, ca] }),
      minVersion: 'TLSv1.2' as const,
    }),
  };
};

/** One request over a line of its own, and its answer. Follows nothing and never throws. */
export function exchange(
  asked: ExchangeRequest,
): Promise<Exchange | Readonly<{ kind: 'failed'; reason: ExchangeFailure }>> {
  const { target, body, connectMs, wholeMs, bodyMaxBytes } = asked;
  return new Promise((resolve) => {
    let isConnected = false;
    const request = (target.isTls ? httpsRequest : httpRequest)(optionsOf(asked));
    const fail = (reason: ExchangeFailure): void => finish({ kind: 'failed', reason });
    const timers = [setTimeout(fail, connectMs, 'timeout'), setTimeout(fail, wholeMs, 'timeout')];
    function finish(outcome: Exchange | Readonly<{ kind: 'failed'; reason: ExchangeFailure }>): void {
      for (const timer of timers) clearTimeout(timer);
      resolve(outcome);
      request.destroy();
    }
    request.on('socket', (socket: Socket) => {
      socket.once(target.isTls ? 'secureConnect' : 'connect', () => {
        isConnected = true;
        clearTimeout(timers[0]);
      });
    });
    request.on('error', (error) => fail(failureOf(error, isConnected)));
    request.on('response', (answer) => {
      void bodyOf(answer, bodyMaxBytes).then(
        (read) => finish({ kind: 'answered', status: answer.statusCode ?? 0, headers: answer.headers, ...read }),
        () => fail('reset'),
      );
    });
    request.end(body);
  });
}

const failureOf = (error: Error & { code?: string }, isConnected: boolean): ExchangeFailure => {
  if (isConnected) return 'reset';
  return /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|EPROTO)/.test(error.code ?? '') ? 'tls' : 'connect';
};

async function bodyOf(answer: IncomingMessage, maxBytes: number): Promise<Pick<Exchange, 'body' | 'isCut'>> {
  const parts: Buffer[] = [];
  let size = 0;
  if (maxBytes === 0) return { body: Buffer.alloc(0), isCut: true };
  for await (const part of answer) {
    parts.push(part as Buffer);
    size += (part as Buffer).length;
    if (size > maxBytes) break;
  }
  return { body: Buffer.concat(parts).subarray(0, maxBytes), isCut: size > maxBytes };
}
