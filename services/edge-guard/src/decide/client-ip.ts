import { BlockList, isIP } from 'node:net';

/** Networks whose X-Forwarded-For is believed. Throws RangeError that names the entry which is no CIDR. */
export function proxyList(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [address = '', bits] = cidr.split('/');
    const family = isIP(address);
    const widest = family === 6 ? 128 : 32;
    const length = bits === undefined ? widest : Number(bits);
    if (family === 0 || !Number.isInteger(length) || length < 0 || length > widest)
      throw new RangeError(`${cidr} is no network in CIDR form`);
    list.addSubnet(address, length, family === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}

/** An IPv4-mapped address is its IPv4 address, however it is written. A zone says which wire it came by, and nothing of who it is. */
function plain(address: string): string {
  const dotted = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (dotted !== undefined) return dotted;
  const [host = ''] = address.split('%');
  if (isIP(host) !== 6) return host;
  const [, high = '', low = ''] =
    /^\[::ffff:([0-9a-f]+):([0-9a-f]+)\]$/.exec(new URL(`http://[${host}]`).hostname) ?? [];
  if (high === '') return host;
  return [high, low].flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]).join('.');
}

/** Whether an address is of a network that is believed. */
export function isTrusted(proxies: BlockList, address: string): boolean {
  const of = plain(address);
  return isIP(of) !== 0 && proxies.check(of, isIP(of) === 6 ? 'ipv6' : 'ipv4');
}

/**
 * The address of whoever asked: from the right of X-Forwarded-For, past proxies that are believed, to the first that is not. An entry that is
 * no address ends the walk at the proxy that wrote it.
 */
export function clientIp(peer: string, forwardedFor: string | undefined, proxies: BlockList): string {
  let client = plain(peer);
  const hops = (forwardedFor ?? '').split(',').map((hop) => plain(hop.trim()));
  for (let index = hops.length - 1; index >= 0 && isTrusted(proxies, client); index -= 1) {
    const hop = hops[index] ?? '';
    if (isIP(hop) === 0) break;
    client = hop;
  }
  return client;
}

/** What an address counts as: an IPv6 host owns a whole /64, so that is what is limited. */
export function limitKeyOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const middle =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  const groups = [...left, ...middle, ...right].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${groups.join(':')}::/64`;
}
