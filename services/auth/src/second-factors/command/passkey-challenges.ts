import { challengeLifeMs, takeChallenge, withChallenge } from '../decide/challenges.ts';
import type { Challenge } from '../decide/member-factors.ts';
import type { Ceremony } from '../decide/prove.ts';
import {
  actingMember,
  type ChangeFactorsDependencies,
  changeFactors,
  type FactorOwner,
  wrongProof,
} from './change-factors.ts';

const challengeBytes = 32;

/** Makes a challenge that is good once, for five minutes, in this ceremony. In base64url. */
export async function keepChallenge(
  dependencies: ChangeFactorsDependencies & Readonly<{ random: (size: number) => Uint8Array }>,
  owner: FactorOwner,
  { ceremonyId }: Ceremony,
  use: Challenge['use'],
): Promise<string> {
  const value = Buffer.from(dependencies.random(challengeBytes)).toString('base64url');
  await changeFactors(dependencies, owner, actingMember(owner.memberId), (state, { atMs }) => ({
    kind: 'kept',
    state: withChallenge(state, { value, use, ceremonyId, expiresAtMs: atMs + challengeLifeMs }, atMs),
  }));
  return value;
}

/** Spends a challenge, whatever comes of the try. Throws INVALID_OTP where there is no such one. */
export async function spendChallenge(
  dependencies: ChangeFactorsDependencies,
  owner: FactorOwner,
  { ceremonyId }: Ceremony,
  wanted: Pick<Challenge, 'value' | 'use'>,
): Promise<void> {
  const { found } = await changeFactors(dependencies, owner, actingMember(owner.memberId), (state, { atMs }) => ({
    kind: 'taken',
    ...takeChallenge(state, { ...wanted, ceremonyId }, atMs),
  }));
  if (!found) throw wrongProof();
}

/** The challenge that an authenticator says it has signed. Throws INVALID_OTP for what is not the browser's form. */
export function challengeOf(clientDataJSON: string): string {
  try {
    const { challenge } = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8')) as {
      challenge: unknown;
    };
    if (typeof challenge === 'string') return challenge;
  } catch (cause) {
    throw wrongProof(cause);
  }
  throw wrongProof();
}
