import type { Policy } from '@vox/contracts';

export type BotMode = Exclude<Policy['bot']['mode'], 'off'>;

/** Where a proof is asked for, and must be spent. */
export type ProofPlace = Readonly<{ tenantId: string; origin: string; ip: string }>;

/** What a browser gives as proof that a person asks, and the headers that some verifiers read. */
export type PersonProof = Readonly<{ given: string | undefined; header: (name: string) => string | undefined }>;

/** What a page needs to make a proof. */
export type BotChallenge = Readonly<{ kind: BotMode }> & Readonly<Record<string, unknown>>;

/**
 * Tells people from programs. `verify` answers false for a proof that is missing, forged, spent, late, of another page,
 * or of a bot, a verified one included. Throws Fault UNAVAILABLE within its time when it cannot tell.
 */
export type BotVerifier = Readonly<{
  challenge: (place: ProofPlace) => Promise<BotChallenge>;
  verify: (proof: PersonProof, place: ProofPlace) => Promise<boolean>;
}>;
export type BotVerifiers = Readonly<Partial<Record<BotMode, BotVerifier>>>;
