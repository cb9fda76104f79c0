import type { LookupFunction } from 'node:net';
import { type Exchange, type ExchangeFailure, exchange } from './exchange.ts';
import { addressesOfHost, dnsResolve, type Resolve } from './resolve.ts';
import { readTarget, type TargetRefusal, type TargetRules } from './target.ts';

export type EgressOptions = TargetRules &
  Readonly<{
    resolve?: Resolve;
    /** Authorities that are believed besides those of the system, in PEM. */
    ca?: string;
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
  /** So much of the answer is read. With 0 nothing behind its head is. */
  bodyMaxBytes: number;
  /** Whose request it is, such as a tenant's id: bounds and breakers are its own. */
  owner?: string | undefined;
}>;

/**
 * `answered`: there was an answer, whatever its status; a redirection is one too and is not followed. `refused`: the
 * request may not leave. `failed`: it may, and came to nothing.
 */
export type EgressOutcome =
  | Readonly<{ kind: 'answered'; status: number; headers: Exchange['headers']; body: Buffer; isCut: boolean }>
  | Readonly<{ kind: 'refused'; reason: TargetRefusal }>
  | Readonly<{ kind: 'failed'; reason: ExchangeFailure | 'unresolved' }>;

/** Sends requests to hosts that strangers name. Never throws. */
export type Egress = Readonly<{
  /** Whether a URL could be called at all: its form alone, and no name is resolved. */
  check: (url: string) => TargetRefusal | undefined;
  send: (request: EgressRequest) => Promise<EgressOutcome>;
}>;

/**
 * The only door to hosts that strangers name. A name is resolved once, every address of it is checked, and the line is
 * made to the addresses that were checked: whoever answers differently the second time is not asked a second time.
 */
export function egress({ resolve, ca, ...rules }: EgressOptions): Egress {
  const read = (url: string) => readTarget(url, rules);
  return {
    check(url) {
      const found = read(url);
      return found.kind === 'refused' ? found.reason : undefined;
    },
    async send(request) {
      const found = read(request.url);
      if (found.kind === 'refused') return found;
      const connectBy = performance.now() + request.connectMs;
      const { target } = found;
      const resolving = addressesOfHost(target.host, resolve ?? dnsResolve(request.connectMs), rules.allowLoopback);
      const where = await within(request.connectMs, resolving);
      if (where === undefined) return { kind: 'failed', reason: 'timeout' };
      if (where.kind !== 'addresses') return where;
      const connectMs = Math.max(1, connectBy - performance.now());
      const { connectMs: _, ...rest } = request;
      return exchange({ ...rest, target, connectMs, lookup: onlyThese(where.addresses), ca });
    },
  };
}

/** What Node asks for the addresses of a host. It gets those that were checked, and no name server is asked. */
function onlyThese(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  const [first = { address: '', family: 4 }] = all;
  return (_host, options, found) => {
    if (options.all) found(null, all);
    else found(null, first.address, first.family);
  };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
