import { BlockList, isIP } from 'node:net';

/** Whether an address is of one of the networks, or there are none. A network of IPv6 holds no address of IPv4. */
export function comesFrom(networks: readonly string[], address: string): boolean {
  if (networks.length === 0) return true;
  const list = new BlockList();
  const family = isIP(address);
  const [type, widest] = family === 6 ? (['ipv6', 128] as const) : (['ipv4', 32] as const);
  for (const network of networks) {
    const [base = '', bits] = network.split('/');
    // A list would take every IPv4 address for one of ::/0.
    if (isIP(base) === family) list.addSubnet(base, bits === undefined ? widest : Number(bits), type);
  }
  return family !== 0 && list.check(address, type);
}
