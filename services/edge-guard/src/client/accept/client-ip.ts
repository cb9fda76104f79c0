import type { BlockList } from 'node:net';
import type { Request } from 'express';
import { type Asked, check } from '../../checks/mod.ts';
import { clientIp as addressOfClient } from '../decide/client-ip.ts';
import type { AddressHeader } from '../decide/forwarded.ts';

export type ClientIpDependencies = Readonly<{
  /** Networks whose word on the client's address is believed. */
  proxies: BlockList;
  /** The header in which they give it; X-Forwarded-For where it is left out. */
  addressHeader?: AddressHeader | undefined;
}>;

/** The address of whoever sent a request. */
export function ipOf({ proxies, addressHeader = 'x-forwarded-for' }: ClientIpDependencies, request: Request): string {
  const named = { header: addressHeader, value: request.get(addressHeader) };
  return addressOfClient(request.socket.remoteAddress ?? '', named, proxies);
}

/** Finds the client's address: what others count by. */
export const clientIp = check({
  name: 'client address',
  whenDown: 'no store',
  run:
    (dependencies: ClientIpDependencies) =>
    ({ request }: Asked) => ({ ip: ipOf(dependencies, request) }),
});
