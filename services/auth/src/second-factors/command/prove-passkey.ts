import { generateAuthenticationOptions, verifyAuthenticationResponse } from '@simplewebauthn/server';
import type { PasskeyAssertion } from '@vox/contracts';
import { factorChecks } from '@vox/platform/telemetry';
import type { z } from 'zod';
import { challengeLifeMs } from '../decide/challenges.ts';
import type { Passkey } from '../decide/member-factors.ts';
import { type Ceremony, type Proved, provePasskey } from '../decide/prove.ts';
import {
  actingMember,
  type ChangeFactorsDependencies,
  changeFactors,
  type FactorOwner,
  factorsOf,
  mustBeAccepted,
  wrongProof,
} from './change-factors.ts';
import { challengeOf, keepChallenge, spendChallenge } from './passkey-challenges.ts';
import { type PasskeySite, siteOf } from './passkey-site.ts';

export type ProvePasskeyDependencies = ChangeFactorsDependencies &
  PasskeySite &
  Readonly<{ random: (size: number) => Uint8Array }>;

const passkeysOf = async (
  dependencies: ChangeFactorsDependencies,
  owner: FactorOwner,
  rpId: string,
): Promise<Passkey[]> => {
  const { factors } = await factorsOf(dependencies, owner);
  return factors.filter((each): each is Passkey => each.kind === 'passkey' && each.rpId === rpId);
};

/** What a browser hands to the authenticators of a member. */
export async function passkeyOptions(
  dependencies: ProvePasskeyDependencies,
  owner: FactorOwner,
  ceremony: Ceremony,
  origin: string,
): Promise<Awaited<ReturnType<typeof generateAuthenticationOptions>>> {
  const { rpId } = siteOf(dependencies, origin);
  const passkeys = await passkeysOf(dependencies, owner, rpId);
  const challenge = await keepChallenge(dependencies, owner, ceremony, 'prove');
  return generateAuthenticationOptions({
    rpID: rpId,
    challenge: Buffer.from(challenge, 'base64url'),
    timeout: challengeLifeMs,
    userVerification: 'required',
    allowCredentials: passkeys.map(({ credentialId, transports }) => ({
      id: credentialId,
      transports: [...transports],
    })),
  });
}

type Shown = Readonly<{ origin: string; credential: z.infer<typeof PasskeyAssertion> }>;

/** Resolves where a passkey of the member has signed a challenge of this ceremony; throws INVALID_OTP. */
export async function proveWithPasskey(
  dependencies: ProvePasskeyDependencies,
  owner: FactorOwner,
  ceremony: Ceremony,
  shown: Shown,
): Promise<void> {
  const decided = await decidePasskey(dependencies, owner, ceremony, shown).catch((error: unknown) => {
    factorChecks.add(1, { method: 'passkey', outcome: 'refused' });
    throw error;
  });
  factorChecks.add(1, { method: 'passkey', outcome: decided.kind });
  mustBeAccepted(decided, dependencies.clock.now().getTime());
}

async function decidePasskey(
  dependencies: ProvePasskeyDependencies,
  owner: FactorOwner,
  ceremony: Ceremony,
  { origin, credential }: Shown,
): Promise<Proved> {
  const site = siteOf(dependencies, origin);
  const value = challengeOf(credential.response.clientDataJSON);
  await spendChallenge(dependencies, owner, ceremony, { value, use: 'prove' });
  const passkeys = await passkeysOf(dependencies, owner, site.rpId);
  const passkey = passkeys.find(({ credentialId }) => credentialId === credential.id);
  if (passkey === undefined) throw wrongProof();
  const counter = await signedCounter(passkey, credential, value, site);
  return changeFactors<Proved>(dependencies, owner, actingMember(owner.memberId), (state, stamp) =>
    provePasskey(state, ceremony, { factorId: passkey.factorId, counter }, stamp),
  );
}

/** What the authenticator says of its counter, under its signature. Whether it may say so is decided with the store. */
async function signedCounter(
  passkey: Passkey,
  credential: z.infer<typeof PasskeyAssertion>,
  expectedChallenge: string,
  { origin, rpId }: ReturnType<typeof siteOf>,
): Promise<number> {
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response: credential as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
    expectedChallenge,
    expectedOrigin: origin,
    expectedRPID: rpId,
    requireUserVerification: true,
    // The counter is held against the newest state, in the write that keeps it.
    credential: { id: passkey.credentialId, publicKey: Buffer.from(passkey.publicKey, 'base64url'), counter: -1 },
  }).catch((cause: unknown) => {
    throw wrongProof(cause);
  });
  if (!verified) throw wrongProof();
  return authenticationInfo.newCounter;
}
