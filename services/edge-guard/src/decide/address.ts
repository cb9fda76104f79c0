import ipaddr from 'ipaddr.js';

/** NAT64 of a network of its own (RFC 8215) may put the IPv4 address where RFC 6052 §2.2 has it for a /48, or at the end as for a /96. */
const localNat64 = ipaddr.IPv6.parse('64:ff9b:1::');

const dotted = (bytes: readonly number[]): string => bytes.join('.');

/**
 * The IPv4 address that an IPv6 address stands for. Behind a translator or tunnel every IPv4 host is of one /64, so they must be told apart by
 * what is embedded: mapped (RFC 4291 §2.5.5.2), NAT64 (RFC 6052, RFC 8215), 6to4 (RFC 3056), Teredo (RFC 4380 §4, where it is inverted).
 */
function embedded(address: ipaddr.IPv6): string | undefined {
  const bytes = address.toByteArray();
  const last = bytes.slice(12);
  if (address.match(localNat64, 48)) {
    const isLong = bytes.slice(6, 12).every((byte) => byte === 0);
    return dotted(isLong ? last : [...bytes.slice(6, 8), ...bytes.slice(9, 11)]);
  }
  switch (address.range()) {
    case 'ipv4Mapped':
    case 'rfc6052':
      return dotted(last);
    case '6to4':
      return dotted(bytes.slice(2, 6));
    case 'teredo':
      return dotted(last.map((byte) => byte ^ 255));
    default:
      return undefined;
  }
}

/** Longer is no address, however it is written. */
const longest = 64;

/** One address in its one form, or `undefined`. A zone says which wire it came by, and nothing of who it is. */
export function addressOf(text: string): string | undefined {
  if (text.length > longest) return undefined;
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text).toString();
  const [host = ''] = text.split('%');
  if (!host.includes(':') || !ipaddr.IPv6.isValid(host)) return undefined;
  const address = ipaddr.IPv6.parse(host);
  return embedded(address) ?? address.toString();
}

/** What an address counts as: an IPv6 host owns a whole /64, so that is what is limited. */
export function limitKeyOf(address: string): string {
  const plain = addressOf(address) ?? address;
  if (!ipaddr.IPv6.isValid(plain)) return plain;
  const { parts } = ipaddr.IPv6.parse(plain);
  return `${parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}
