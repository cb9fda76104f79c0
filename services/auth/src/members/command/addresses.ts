import { createHmac } from 'node:crypto';
import { derivedSealKeys, type SealKeys, seal, unseal } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import type { HashKeys } from '@vox/platform/hash-keys';
import type { Member } from '../decide/roster.ts';

/** Addresses of members are kept sealed, and found by a keyed hash: freed pages and backups outlive a document. */
export type AddressKey = Readonly<{ sealKey: SealKeys; hashKeys: HashKeys<'member-addresses'> }>;
type AddressSeal = Pick<AddressKey, 'sealKey'>;

/** The mark that a normalised address is found by. It is the same in every tenant. */
export const addressMarkOf = ({ hashKeys }: Pick<AddressKey, 'hashKeys'>, address: string): string =>
  createHmac('sha256', hashKeys['member-addresses']).update(address).digest('base64url');

export const addressSealKeys = ({ sealKey }: AddressSeal): SealKeys => derivedSealKeys(sealKey, 'sealed-addresses');
export const placeOfAddress = (tenantId: string, memberId: string): string => `member:${tenantId}:${memberId}`;

export const sealAddress = (keys: AddressSeal, tenantId: string, memberId: string, address: string): string =>
  seal(addressSealKeys(keys), placeOfAddress(tenantId, memberId), address);

/** The address of a member. Throws Fault INTERNAL where the key is another one than it was sealed under. */
export function openAddress(
  keys: AddressSeal,
  tenantId: string,
  { memberId, sealedAddress }: Pick<Member, 'memberId' | 'sealedAddress'>,
): string {
  const address = unseal(addressSealKeys(keys), placeOfAddress(tenantId, memberId), sealedAddress);
  if (address === undefined)
    throw new Fault('INTERNAL', {}, { cause: new Error('an address of a member does not open') });
  return address;
}
