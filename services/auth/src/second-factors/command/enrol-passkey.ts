import { generateRegistrationOptions, verifyRegistrationResponse } from '@simplewebauthn/server';
import type { PasskeyRegistration } from '@vox/contracts';
import type { z } from 'zod';
import { challengeLifeMs } from '../decide/challenges.ts';
import { addPasskey, bringsRecovery, type Enrolled, mayAdd } from '../decide/enrol.ts';
import type { Passkey } from '../decide/member-factors.ts';
import type { Ceremony } from '../decide/prove.ts';
import {
  actingMember,
  changeFactors,
  type FactorOwner,
  factorsOf,
  mustBeAccepted,
  wrongProof,
} from './change-factors.ts';
import { type EnrolDependencies, type NewFactor, newFactorId } from './enrol-totp.ts';
import { challengeOf, keepChallenge, spendChallenge } from './passkey-challenges.ts';
import { type PasskeySite, siteOf } from './passkey-site.ts';
import { newRecoveryCodes, recoveryHash } from './recovery-codes.ts';

/** Ed25519, ES256 and RS256 (COSE): what authenticators have today, and what Node verifies without experiments. */
const algorithms = [-8, -7, -257] as const;

/**
 * What a browser hands to the authenticator, which then makes a key. A passkey must make sure who uses it (a finger, a
 * PIN): then it is two factors by itself.
 */
export async function passkeyRegistrationOptions(
  dependencies: EnrolDependencies & PasskeySite,
  owner: FactorOwner,
  ceremony: Ceremony,
  origin: string,
): Promise<Awaited<ReturnType<typeof generateRegistrationOptions>>> {
  const { nameOfMember, clock } = dependencies;
  const { rpId } = siteOf(dependencies, origin);
  const state = await factorsOf(dependencies, owner);
  const no = mayAdd(state, 'passkey', ceremony);
  if (no !== undefined) mustBeAccepted(no, clock.now().getTime());
  const challenge = await keepChallenge(dependencies, owner, ceremony, 'enrol');
  const userName = (await nameOfMember(owner)) ?? owner.memberId;
  const known = state.factors.filter((each): each is Passkey => each.kind === 'passkey' && each.rpId === rpId);
  return generateRegistrationOptions({
    rpName: 'VOX',
    rpID: rpId,
    userName,
    userID: new TextEncoder().encode(`${owner.tenantId}.${owner.memberId}`),
    challenge: Buffer.from(challenge, 'base64url'),
    timeout: challengeLifeMs,
    attestationType: 'none',
    supportedAlgorithmIDs: [...algorithms],
    excludeCredentials: known.map(({ credentialId, transports }) => ({
      id: credentialId,
      transports: [...transports],
    })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
  });
}

/** Adds the passkey that an authenticator made. Its challenge is spent by the try; throws INVALID_OTP. */
export async function addPasskeyFactor(
  dependencies: EnrolDependencies & PasskeySite,
  owner: FactorOwner,
  ceremony: Ceremony,
  {
    name,
    origin,
    credential,
  }: Readonly<{ name: string; origin: string; credential: z.infer<typeof PasskeyRegistration> }>,
): Promise<NewFactor> {
  const { hashKeys, random, clock } = dependencies;
  const site = siteOf(dependencies, origin);
  const challenge = challengeOf(credential.response.clientDataJSON);
  await spendChallenge(dependencies, owner, ceremony, { value: challenge, use: 'enrol' });
  const made = await registered(credential, challenge, site);
  const factorId = newFactorId(random);
  const codes = newRecoveryCodes(random);
  const hashes = codes.map((each) => recoveryHash(hashKeys, owner, each));
  type Added = Enrolled & Readonly<{ isFirst: boolean }>;
  const decided = await changeFactors<Added>(dependencies, owner, actingMember(owner.memberId), (state, stamp) => {
    const head = { kind: 'passkey', factorId, name, createdAtMs: stamp.atMs, lastUsedAtMs: null } as const;
    const passkey = { ...head, ...made, rpId: site.rpId };
    return { ...addPasskey(state, ceremony, passkey, hashes, stamp), isFirst: bringsRecovery(state) };
  });
  mustBeAccepted(decided, clock.now().getTime());
  return { factorId, recoveryCodes: (decided as Added).isFirst ? codes : [] };
}

type Made = Pick<Passkey, 'credentialId' | 'publicKey' | 'counter' | 'transports'>;

async function registered(
  credential: z.infer<typeof PasskeyRegistration>,
  expectedChallenge: string,
  { origin, rpId }: ReturnType<typeof siteOf>,
): Promise<Made> {
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response: credential as Parameters<typeof verifyRegistrationResponse>[0]['response'],
    expectedChallenge,
    expectedOrigin: origin,
    expectedRPID: rpId,
    requireUserVerification: true,
    supportedAlgorithmIDs: [...algorithms],
  }).catch((cause: unknown) => {
    throw wrongProof(cause);
  });
  if (!verified) throw wrongProof();
  const { id, publicKey, counter } = registrationInfo.credential;
  const transports = credential.response.transports ?? [];
  return { credentialId: id, publicKey: Buffer.from(publicKey).toString('base64url'), counter, transports };
}
