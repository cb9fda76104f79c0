import type { Claims } from '../../store/mod.ts';

/** Nonces of proofs, each of which is spent once. Throws Fault UNAVAILABLE when the store does not answer. */
export type SpentNonces = Readonly<{
  /** Answers true once for each nonce, within its life. */
  spend: (nonce: string, lifeMs: number) => Promise<boolean>;
}>;

/** Nonces that whoever spends one first has claimed. */
export const spentNonces = (claims: Claims): SpentNonces => ({
  spend: async (nonce, lifeMs) => (await claims.claim(`spent:${nonce}`, '1', lifeMs)) === undefined,
});
