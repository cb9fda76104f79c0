import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isLoopbackAddress, isPublicAddress } from './addresses.ts';

/** Finds every address of a name. It may reject, and it may never answer: its caller has a deadline. */
export type Resolve = (host: string) => Promise<readonly string[]>;

const tries = 2;

/**
 * Asks the name servers themselves, for A and AAAA. The machine's own files and search domains are not asked: a name
 * that only this network knows leads nowhere.
 */
export const dnsResolve =
  (timeoutMs: number): Resolve =>
  async (host) => {
    const resolver = new Resolver({ timeout: Math.ceil(timeoutMs / tries), tries });
    const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  };

export type Addresses =
  | Readonly<{ kind: 'addresses'; addresses: readonly string[] }>
  | Readonly<{ kind: 'refused'; reason: 'address' }>
  | Readonly<{ kind: 'failed'; reason: 'unresolved' }>;

/**
 * The addresses that a host may be reached at. One that is not public refuses all: a name that leads both outside and
 * inside was made to deceive.
 */
export async function addressesOfHost(host: string, resolve: Resolve, allowLoopback: boolean): Promise<Addresses> {
  if (allowLoopback && host === 'localhost') return { kind: 'addresses', addresses: ['127.0.0.1'] };
  const found = isIP(host) === 0 ? await resolve(host).catch(() => []) : [host];
  if (found.length === 0) return { kind: 'failed', reason: 'unresolved' };
  const may = (address: string): boolean =>
    isPublicAddress(address) || (allowLoopback && isIP(host) !== 0 && isLoopbackAddress(address));
  return found.every(may) ? { kind: 'addresses', addresses: found } : { kind: 'refused', reason: 'address' };
}
