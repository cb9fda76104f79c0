import { createChallenge, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { expect, it } from 'vitest';
import { proverOf } from './prover.js';

it('a tenant’s page solves the server’s proof of work without a worker', async () => {
  const hmacSignatureSecret = 'a secret of this test';
  const challenge = await createChallenge({
    ...{ algorithm: 'PBKDF2/SHA-256', cost: 10, counter: 7, deriveKey, hmacSignatureSecret },
  });
  const { kind, proof = '' } = (await proverOf(undefined)({ kind: 'proof-of-work', challenge })) ?? {};
  expect(kind).toBe('proof-of-work');
  const solved = { ...JSON.parse(atob(proof)), deriveKey, hmacSignatureSecret };
  await expect(verifySolution(solved)).resolves.toMatchObject({ verified: true });
});
