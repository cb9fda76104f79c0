import { createHmac } from 'node:crypto';
import { derivedKey, seal, unseal } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import type { Member } from '../decide/roster.ts';

/** Addresses of members are kept sealed, and found by a keyed hash: freed pages and backups outlive a document. */
export type AddressKey = Readonly<{ sealKey: Uint8Array }>;

/** The mark that a normalised address is found by. It is the same in every tenant. */
export const addressMarkOf = ({ sealKey }: AddressKey, address: string): string =>
  createHmac('sha256', derivedKey(sealKey, 'member-addresses')).update(address).digest('base64url');

const place = (tenantId: string, memberId: string): string => `member:${tenantId}:${memberId}`;

export const sealAddress = ({ sealKey }: AddressKey, tenantId: string, memberId: string, address: string): string =>
  seal(derivedKey(sealKey, 'sealed-addresses'), place(tenantId, memberId), address);

/** The address of a member. Throws Fault INTERNAL where the key is another one than it was sealed under. */
export function openAddress(
  { sealKey }: AddressKey,
  tenantId: string,
  { memberId, sealedAddress }: Pick<Member, 'memberId' | 'sealedAddress'>,
): string {
  const address = unseal(derivedKey(sealKey, 'sealed-addresses'), place(tenantId, memberId), sealedAddress);
  if (address === undefined)
    throw new Fault('INTERNAL', {}, { cause: new Error('an address of a member does not open') });
  return address;
}
