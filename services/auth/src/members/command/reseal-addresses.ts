import { resealed } from '@vox/platform/crypto';
import { changeEvery, withChanged } from '@vox/platform/store';
import type { Rosters } from '../keep.ts';
import { type AddressKey, addressSealKeys, placeOfAddress } from './addresses.ts';

type ResealAddressesDependencies = Pick<AddressKey, 'sealKey'> & Readonly<{ rosters: Pick<Rosters, 'all' | 'update'> }>;

/** Puts addresses of members under the newest key, and answers of how many rosters. */
export function resealAddresses({ rosters, ...keys }: ResealAddressesDependencies): Promise<number> {
  const sealKeys = addressSealKeys(keys);
  return changeEvery(rosters, (roster) => {
    const members = withChanged(roster.members, (member) => {
      const place = placeOfAddress(roster.tenantId, member.memberId);
      const sealedAddress = resealed(sealKeys, place, member.sealedAddress);
      return sealedAddress === undefined ? undefined : { ...member, sealedAddress };
    });
    return members && { ...roster, members };
  });
}
