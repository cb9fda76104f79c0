import { BlockList, isIP } from 'node:net';

/** Whether an address is of one of the networks. Without any, every address is. */
export function comesFrom(networks: readonly string[], address: string): boolean {
  if (networks.length === 0) return true;
  const list = new BlockList();
  for (const network of networks) {
    const [base = '', bits] = network.split('/');
    const isV6 = isIP(base) === 6;
    list.addSubnet(base, bits === undefined ? (isV6 ? 128 : 32) : Number(bits), isV6 ? 'ipv6' : 'ipv4');
  }
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
