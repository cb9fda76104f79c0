import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

const dottedOf = (high = 0, low = 0): string => [high >> 8, high & 255, low >> 8, low & 255].join('.');

/**
 * The IPv4 address that an IPv6 address is. Behind a translator every IPv4 host is of one /64, so they must be told
 * apart by what is embedded: mapped (RFC 4291 §2.5.5.2), NAT64 (RFC 6052). NAT64 of a network of its own (RFC 8215) may
 * have it where RFC 6052 §2.2 has it for a /48, or at the end as for a /96. A tunnel is not a translator: whoever has a
 * 6to4 or Teredo address came by IPv6, and must not pass for the IPv4 address in it, which could be a trusted proxy’s
 * or one that an API key may come from.
 */
function embedded(parts: readonly number[]): string | undefined {
  const [first, second, third, fourth = 0, fifth = 0, sixth = 0, high = 0, low = 0] = parts;
  const isEmpty = third === 0 && fourth === 0 && fifth === 0;
  if (first === 0 && second === 0 && isEmpty && sixth === 0xffff) return dottedOf(high, low);
  if (first === 0x64 && second === 0xff9b) {
    if (isEmpty && sixth === 0) return dottedOf(high, low);
    if (third !== 1) return undefined;
    const isLast = fourth === 0 && fifth === 0 && sixth === 0;
    return isLast ? dottedOf(high, low) : dottedOf(fourth, ((fifth & 255) << 8) | (sixth >> 8));
  }
  return undefined;
}

/**
 * What the addresses of one end of a tunnel have in common. A 6to4 site owns the /48 of its IPv4 address (RFC 3056 §2),
 * which are many /64; the clients of a Teredo server share one /64, and are told apart by what is embedded at the end,
 * inverted (RFC 4380 §4). It is no address of IPv4, so that nobody in a tunnel counts as, or uses up, another’s.
 */
function tunnelOf([first, second = 0, third = 0, , , , high = 0, low = 0]: readonly number[]): string | undefined {
  if (first === 0x2002) return `6to4 ${dottedOf(second, third)}`;
  if (first === 0x2001 && second === 0) return `teredo ${dottedOf(high ^ 0xffff, low ^ 0xffff)}`;
  return undefined;
}

/** Longer is no address, however it is written. */
const longest = 64;

/** One address in its one form, or `undefined`. A zone says which wire it came by, and nothing of who it is. */
export function addressOf(text: string): string | undefined {
  if (text.length > longest) return undefined;
  if (isIP(text) === 4) return text;
  const zone = text.indexOf('%');
  const host = zone < 0 ? text : text.slice(0, zone);
  if (isIP(host) !== 6) return undefined;
  const address = ipaddr.IPv6.parse(host);
  return embedded(address.parts) ?? address.toString();
}

/** What an address counts as: an IPv6 host owns a whole /64, so that is what is limited, or its end of a tunnel. */
export function limitKeyOf(address: string): string {
  const plain = addressOf(address) ?? address;
  if (isIP(plain) !== 6) return plain;
  const { parts } = ipaddr.IPv6.parse(plain);
  const network = parts.slice(0, 4);
  return tunnelOf(parts) ?? `${network.map((part) => part.toString(16)).join(':')}::/64`;
}
