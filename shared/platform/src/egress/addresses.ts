import { BlockList, isIP } from 'node:net';

const listOf = (ranges: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', prefix = ''] = range.split('/');
    list.addSubnet(network, Number(prefix), network.includes(':') ? 'ipv6' : 'ipv4');
  }
  return list;
};

/** IPv4 addresses that are nobody's on the public internet (IANA IPv4 Special-Purpose Address Registry, RFC 6890). */
export const specialIpv4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  // Link-local: the metadata service of every large cloud answers at 169.254.169.254.
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  // Two clouds answer with credentials at addresses that look public: Azure and Alibaba (100.100.100.200 is above).
  '168.63.129.16/32',
] as const;

/**
 * The part of IPv6 that was given out for use on the internet (RFC 4291 §2.4). Unique local, link-local, mapped
 * (`::ffff:0:0/96`), NAT64 (`64:ff9b::/96`) and loopback addresses all stand outside of it.
 */
export const globalIpv6 = '2000::/3';

/** Inside of that part: protocol assignments with Teredo, documentation, and 6to4, which hides an IPv4 address. */
export const specialIpv6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'] as const;

/** Loopback addresses, for modes that run on one machine. */
export const loopback = ['127.0.0.0/8', '::1/128'] as const;

const refused4 = listOf(specialIpv4);
const refused6 = listOf(specialIpv6);
const given6 = listOf([globalIpv6]);
const ownMachine = listOf(loopback);

/** Whether an address, as text, is one of the public internet. A text that is no address is none. */
export function isPublicAddress(text: string): boolean {
  // A zone (`fe80::1%eth0`) is of a link, and no link is public.
  if (text.includes('%')) return false;
  const family = isIP(text);
  if (family === 4) return !refused4.check(text, 'ipv4');
  return family === 6 && given6.check(text, 'ipv6') && !refused6.check(text, 'ipv6');
}

/** Whether a text is a network in CIDR form. */
export function isNetwork(text: string): boolean {
  const [, network = '', prefix = ''] = /^([0-9a-f.:]{2,45})\/(\d{1,3})$/i.exec(text) ?? [];
  const family = isIP(network);
  return family !== 0 && Number(prefix) <= (family === 4 ? 32 : 128);
}

/** Whether an address stands in one of these networks, which are in CIDR form. */
export function inNetworks(networks: readonly string[]): (address: string) => boolean {
  const list = listOf(networks);
  return (address) => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** Whether an address is of this machine's loopback. A mapped one (`::ffff:127.0.0.1`) is not taken for one. */
export function isLoopbackAddress(text: string): boolean {
  if (isIP(text) === 4) return ownMachine.check(text, 'ipv4');
  return text === '::1';
}
