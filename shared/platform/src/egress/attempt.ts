import { isLoopbackAddress, isPublicAddress } from './addresses.ts';
import { deadlines } from './deadlines.ts';
import { decoded } from './decode.ts';
import { type Enough, type Exchange, exchange } from './exchange.ts';
import { keptHeaders } from './headers.ts';
import { openLine, type Trusted } from './line.ts';
import type { EgressFailure, EgressOutcome } from './outcome.ts';
import type { HttpProxy } from './proxy.ts';
import { addressesOfHost, dnsResolve, type Resolve } from './resolve.ts';
import type { Target } from './target.ts';

/** What an attempt is made with, whatever is asked. */
export type Way = Readonly<{
  resolve: Resolve | undefined;
  trusted: Trusted;
  proxy: HttpProxy | undefined;
  allowLoopback: boolean;
  isRefusedNetwork: (address: string) => boolean;
}>;

/** A request whose URL and headers were read. */
export type Asked = Readonly<{
  target: Target;
  method: string;
  headers: Readonly<Record<string, string>>;
  body?: string | undefined;
  connectMs: number;
  wholeMs: number;
  bodyMaxBytes: number;
  answerHeaders?: readonly string[] | undefined;
  signal?: AbortSignal | undefined;
  enough?: Enough | undefined;
}>;

const failed = (reason: EgressFailure): EgressOutcome => ({ kind: 'failed', reason });

/** Whether a request to this host may arrive at an address. Only a host that was written as loopback may be there. */
const mayReach =
  ({ allowLoopback, isRefusedNetwork }: Way, isNear: boolean) =>
  (address: string): boolean =>
    isNear ? allowLoopback && isLoopbackAddress(address) : isPublicAddress(address) && !isRefusedNetwork(address);

/** Resolves, checks, connects to what was checked, asks once, and reads what was wanted. */
export async function attempt(asked: Asked, way: Way): Promise<EgressOutcome> {
  const { target, connectMs, wholeMs, signal } = asked;
  const { host } = target;
  const isNear = way.allowLoopback && (host === 'localhost' || isLoopbackAddress(host));
  const resolve = isNear ? async () => ['127.0.0.1'] : (way.resolve ?? dnsResolve(connectMs));
  const may = mayReach(way, isNear);
  const time = deadlines(connectMs, wholeMs, signal);
  const late = (): EgressOutcome => failed(signal?.aborted ? 'aborted' : 'timeout');
  try {
    const where = await time.orLate(addressesOfHost(host, resolve, may));
    if (where === undefined) return late();
    if (where.kind !== 'addresses') return where;
    // What is near is on this machine, where no proxy is asked.
    const proxy = isNear ? undefined : way.proxy;
    const opening = openLine({ ...where, target, may, trusted: way.trusted, proxy, signal: time.signal });
    const line = await time.orLate(opening);
    if (line === undefined || time.signal.aborted) return late();
    if (typeof line === 'string') return failed(line);
    time.connected();
    const answer = await exchange({ ...asked, line });
    if (answer.kind === 'failed') return time.signal.aborted ? late() : failed(answer.reason);
    return (await time.orLate(read(answer, asked))) ?? late();
  } finally {
    time.stop();
  }
}

async function read(answer: Exchange, { bodyMaxBytes, answerHeaders }: Asked): Promise<EgressOutcome> {
  const coding = [answer.headers['content-encoding'] ?? ''].flat().join(',');
  const body = await decoded(answer, coding, bodyMaxBytes);
  if (body === undefined) return failed('encoding');
  return { kind: 'answered', status: answer.status, headers: keptHeaders(answer.headers, answerHeaders), ...body };
}
