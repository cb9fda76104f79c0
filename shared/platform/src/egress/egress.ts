import type { EgressPurpose } from '../telemetry/mod.ts';
import { inNetworks } from './addresses.ts';
import { type Asked, attempt, type Way } from './attempt.ts';
import { type Bounds, places } from './bounds.ts';
import { breakers } from './breakers.ts';
import type { Enough } from './exchange.ts';
import { sentHeaders } from './headers.ts';
import { trusting } from './line.ts';
import { counted, observed, showPurpose } from './observe.ts';
import type { EgressOutcome } from './outcome.ts';
import { proxyOf } from './proxy.ts';
import type { Resolve } from './resolve.ts';
import { readTarget, type Target, type TargetRefusal, type TargetRules } from './target.ts';

export type EgressOptions = TargetRules &
  Readonly<{
    /** What the requests are for, as metrics tell it. */
    purpose?: EgressPurpose | undefined;
    resolve?: Resolve | undefined;
    /** Authorities that are believed besides those of the system, in PEM. */
    ca?: string | undefined;
    /** An HTTP proxy: `http://user:word@host:port`. */
    proxy?: string | undefined;
    /** Networks, in CIDR form, that are public by their addresses and may not be reached all the same. */
    refusedNetworks?: readonly string[] | undefined;
    bounds?: Bounds | undefined;
    /** Off for a caller that leaves hosts alone by rules of its own. */
    breaker?: boolean | undefined;
    /** Monotonic milliseconds. */
    nowMs?: (() => number) | undefined;
  }>;

export type EgressRequest = Readonly<{
  url: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers: Readonly<Record<string, string>>;
  body?: string | undefined;
  /** Longest time until the line stands: resolving, connecting and TLS together. */
  connectMs: number;
  /** Longest time for all of it. */
  wholeMs: number;
  /** So much of the answer is read, counted without its compression. With 0 nothing behind its head is. */
  bodyMaxBytes: number;
  /** Whose request it is, such as a tenant's id: bounds and breakers are its own. */
  owner?: string | undefined;
  /** Headers of the answer that are wanted besides `content-type` and `retry-after`. */
  answerHeaders?: readonly string[] | undefined;
  /** Once it is aborted nobody wants the answer: the line is closed, whatever was sent over it by then. */
  signal?: AbortSignal | undefined;
  /** Says when enough of the body was read: nobody waits for the end of a stream that is kept open. */
  enough?: Enough | undefined;
}>;

/** Sends requests to hosts that strangers name. Never throws. */
export type Egress = Readonly<{
  /** Whether a URL could be called at all: its form alone, and no name is resolved. */
  check: (url: string) => TargetRefusal | undefined;
  send: (request: EgressRequest) => Promise<EgressOutcome>;
}>;

const standardBounds: Bounds = { perOwner: 32, perHost: 128 };
const methods: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] satisfies EgressRequest['method'][];

/**
 * The only door to hosts that strangers name. A name is resolved once, every address of it is checked, and the line is
 * made to the addresses that were checked: whoever answers differently the second time is not asked a second time.
 */
export function egress(options: EgressOptions): Egress {
  const { purpose = 'tools', resolve, ca, proxy, refusedNetworks = [], ...rules } = options;
  const way: Way = {
    ...{ resolve, trusted: trusting(ca), proxy: proxy === undefined ? undefined : proxyOf(proxy) },
    ...{ allowLoopback: rules.allowLoopback, isRefusedNetwork: inNetworks(refusedNetworks) },
  };
  const guard = guarded(options);
  showPurpose(purpose);
  return {
    check(url) {
      const found = readTarget(url, rules);
      return found.kind === 'refused' ? found.reason : undefined;
    },
    async send(request) {
      const read = readRequest(request, rules);
      if (read.kind === 'refused') {
        counted(purpose, read);
        return read;
      }
      const { host, port } = read.asked.target;
      const told = { purpose, method: request.method, host, port };
      return observed(told, () => guard(request.owner ?? '', read.asked, () => attempt(read.asked, way)));
    },
  };
}

type Read = Readonly<{ kind: 'asked'; asked: Asked }> | Extract<EgressOutcome, { kind: 'refused' }>;

/** What was asked for, with nothing in it that could be read as something else. */
function readRequest(request: EgressRequest, rules: TargetRules): Read {
  const found = readTarget(request.url, rules);
  if (found.kind === 'refused') return found;
  const headers = sentHeaders(request.headers);
  if (headers === undefined || !methods.includes(request.method)) return { kind: 'refused', reason: 'request' };
  return { kind: 'asked', asked: { ...request, target: found.target, headers } };
}

type Run = () => Promise<EgressOutcome>;

/** Runs requests within their bounds, and none to a host that failed again and again just now. */
function guarded({ bounds = standardBounds, breaker = true, nowMs = () => performance.now() }: EgressOptions) {
  const takePlace = places(bounds);
  const health = breaker ? breakers() : undefined;
  return async (owner: string, { target }: Readonly<{ target: Target }>, run: Run): Promise<EgressOutcome> => {
    const host = `${target.host} ${target.port}`;
    // One tenant's haste or mistakes must not close a host for another: each owner has a breaker of its own for it.
    const ownHost = `${owner} ${host}`;
    const release = takePlace(owner, host);
    if (release === undefined) return { kind: 'failed', reason: 'busy' };
    if (health?.mayAsk(ownHost, nowMs()) === false) {
      release();
      return { kind: 'failed', reason: 'broken' };
    }
    // Nothing that follows should throw. A caller is promised that nothing does.
    const outcome = await run().catch((): EgressOutcome => ({ kind: 'failed', reason: 'reset' }));
    release();
    if (outcome.kind !== 'failed') health?.answered(ownHost);
    // Whoever goes away says nothing of the host.
    else if (outcome.reason !== 'aborted') health?.failed(ownHost, nowMs());
    return outcome;
  };
}
