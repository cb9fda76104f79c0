import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

const dottedOf = (high = 0, low = 0): string => [high >> 8, high & 255, low >> 8, low & 255].join('.');

/**
 * The IPv4 address that an IPv6 address stands for. Behind a translator or tunnel every IPv4 host is of one /64, so
 * they must be told apart by what is embedded: mapped (RFC 4291 §2.5.5.2), NAT64 (RFC 6052), 6to4 (RFC 3056), Teredo
 * (RFC 4380 §4, where it is inverted). NAT64 of a network of its own (RFC 8215) may have it where RFC 6052 §2.2 has it
 * for a /48, or at the end as for a /96.
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
  if (first === 0x2002) return dottedOf(second, third);
  if (first === 0x2001 && second === 0) return dottedOf(high ^ 0xffff, low ^ 0xffff);
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

/** What an address counts as: an IPv6 host owns a whole /64, so that is what is limited. */
export function limitKeyOf(address: string): string {
  const plain = addressOf(address) ?? address;
  if (isIP(plain) !== 6) return plain;
  const network = ipaddr.IPv6.parse(plain).parts.slice(0, 4);
  return `${network.map((part) => part.toString(16)).join(':')}::/64`;
}
