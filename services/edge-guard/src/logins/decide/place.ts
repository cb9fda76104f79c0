import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

const near = new Set(['private', 'linkLocal', 'uniqueLocal', 'carrierGradeNat']);

/** How near an address is, and for a public one the network that it is of: of IPv4 a /16, of IPv6 a /32. */
export type Nearness =
  | Readonly<{ kind: 'this machine' | 'private network' }>
  | Readonly<{ kind: 'public'; network: string }>;

/** The coarse place of an address: nobody is asked where it is. `address` is in its one form. */
export function nearnessOf(address: string): Nearness {
  if (isIP(address) === 0) return { kind: 'public', network: 'unknown' };
  const parsed = ipaddr.parse(address);
  const range = parsed.range();
  if (range === 'loopback') return { kind: 'this machine' };
  if (near.has(range)) return { kind: 'private network' };
  return {
    kind: 'public',
    network: parsed
      .toByteArray()
      .slice(0, isIP(address) === 4 ? 2 : 4)
      .join('.'),
  };
}
