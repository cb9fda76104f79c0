import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';

/** Finds every address of a name. It may reject, and it may never answer: its caller has a deadline. */
export type Resolve = (host: string) => Promise<readonly string[]>;

const tries = 2;
/** So many addresses of a name are called. All are checked. */
const calledMax = 8;

/**
 * Asks the name servers themselves, for A and AAAA. The machine's own files and search domains are not asked: a name
 * that only this network knows leads nowhere. `servers` (`address` or `address:port`) stand for those of the system.
 */
export const dnsResolve =
  (timeoutMs: number, servers?: readonly string[]): Resolve =>
  async (host) => {
    const resolver = new Resolver({ timeout: Math.ceil(timeoutMs / tries), tries });
    if (servers) resolver.setServers(servers);
    const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  };

export type Addresses =
  | Readonly<{ kind: 'addresses'; addresses: readonly [string, ...string[]] }>
  | Readonly<{ kind: 'refused'; reason: 'address' }>
  | Readonly<{ kind: 'failed'; reason: 'unresolved' }>;

/**
 * The addresses that a host may be reached at. One that may not be reached refuses all: a name that leads both outside
 * and inside was made to deceive.
 */
export async function addressesOfHost(
  host: string,
  resolve: Resolve,
  may: (address: string) => boolean,
): Promise<Addresses> {
  const found = isIP(host) === 0 ? await resolve(host).catch(() => []) : [host];
  const [first, ...others] = found;
  if (first === undefined) return { kind: 'failed', reason: 'unresolved' };
  if (!found.every(may)) return { kind: 'refused', reason: 'address' };
  return { kind: 'addresses', addresses: [first, ...others.slice(0, calledMax - 1)] };
}
