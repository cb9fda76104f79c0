import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';

const longestMs = 60_000;

/**
 * Makes proofs in a tenant's page. There is no worker, which many a page's policy forbids: the hashing is the
 * browser's own and does not hold up the page. `turnstile` shows Cloudflare's check and gives its token.
 * @param {import('../vox-call.d.ts').CallOptions['turnstile']} turnstile
 * @returns {import('../page/proof.js').Prove}
 */
export const proverOf = (turnstile) => async (challenge) => {
  if (challenge === null) return undefined;
  const { kind } = challenge;
  if (kind === 'proof-of-work') return { kind, proof: await work(challenge.challenge) };
  if (kind !== 'turnstile') return { kind };
  if (turnstile === undefined) throw new Error('there is nobody who shows the check');
  const { siteKey, action, cdata } = challenge;
  return { kind, proof: await turnstile({ siteKey, action, cdata }) };
};

/** @param {any} challenge */
async function work(challenge) {
  const solution = await solveChallenge({ challenge, deriveKey, timeout: longestMs });
  if (solution === null) throw new Error('no solution');
  return btoa(JSON.stringify({ challenge, solution }));
}
