import { type Acting, mistakeSaid } from '@vox/contracts';
import { invalidField } from '@vox/platform/fault';
import { renewRecovery } from '../decide/remove.ts';
import { changeFactors, type FactorOwner } from './change-factors.ts';
import type { EnrolDependencies } from './enrol-totp.ts';
import { newRecoveryCodes, recoveryHash } from './recovery-codes.ts';

/** New recovery codes in the place of all former ones. They are shown once. */
export async function renewRecoveryCodes(
  dependencies: EnrolDependencies,
  owner: FactorOwner,
  by: Acting,
): Promise<readonly string[]> {
  const codes = newRecoveryCodes(dependencies.random);
  const hashes = codes.map((each) => recoveryHash(dependencies.hashKeys, owner, each));
  const { state } = await changeFactors(dependencies, owner, by, (known, stamp) => {
    const renewed = renewRecovery(known, hashes, stamp);
    return renewed === undefined ? { kind: 'none' } : { kind: 'renewed', state: renewed };
  });
  if (state === undefined) throw invalidField('kind', mistakeSaid('no-first-factor'));
  return codes;
}
