import type { Challenge, MemberFactors } from './member-factors.ts';

/** Ceremonies that a member can have under way at once; the oldest gives way. */
const atOnceMax = 5;
export const challengeLifeMs = 5 * 60_000;

/** The state with a challenge more, and without those that have expired. */
export const withChallenge = (state: MemberFactors, challenge: Challenge, nowMs: number): MemberFactors => ({
  ...state,
  challenges: [...state.challenges.filter(({ expiresAtMs }) => expiresAtMs > nowMs), challenge].slice(-atOnceMax),
});

type Wanted = Pick<Challenge, 'value' | 'use' | 'ceremonyId'>;

/** The challenge of this ceremony with this value, if it lives, and the state without it: it is good once. */
export function takeChallenge(
  state: MemberFactors,
  { value, use, ceremonyId }: Wanted,
  nowMs: number,
): Readonly<{ found: boolean; state: MemberFactors }> {
  const found = state.challenges.find(
    (each) => each.value === value && each.use === use && each.ceremonyId === ceremonyId,
  );
  if (found === undefined) return { found: false, state };
  const challenges = state.challenges.filter((each) => each !== found);
  return { found: found.expiresAtMs > nowMs, state: { ...state, challenges } };
}
