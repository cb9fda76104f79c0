import { BlockList, isIP } from 'node:net';
import { addressOf } from './address.ts';
import { type AddressHeader, hopsOf } from './forwarded.ts';

/** Networks whose word on the client's address is believed. Throws RangeError that names the entry which is no CIDR. */
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

/** Whether an address is of a network that is believed. */
export function isTrusted(proxies: BlockList, address: string): boolean {
  const of = addressOf(address);
  return of !== undefined && proxies.check(of, isIP(of) === 6 ? 'ipv6' : 'ipv4');
}

type NamedByProxies = Readonly<{ header: AddressHeader; value: string | undefined }>;

/**
 * The address of whoever asked: from the right of what proxies told, past those that are believed, to the first that is
 * not. An entry that is no address ends the walk at the proxy that wrote it. So nothing that stands to the left of a
 * believed proxy's own entry is ever read.
 */
export function clientIp(peer: string, { header, value }: NamedByProxies, proxies: BlockList): string {
  let client = addressOf(peer) ?? peer;
  for (const hop of hopsOf(header, value ?? '')) {
    if (hop === undefined || !isTrusted(proxies, client)) break;
    client = hop;
  }
  return client;
}
