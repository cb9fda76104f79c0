import type { Action, SignedRequest } from '@vox/contracts';
import { digest, type SealKeys } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import { signatureRefused, verifyMessage } from '@vox/platform/http-signature';
import type { Clock } from '@vox/platform/time';
import type { KeptApiKey } from '../decide/ring.ts';
import type { SpentNonces } from '../keep/spent-nonces.ts';
import { verifyingKeyOf } from './new-secrets.ts';

export type SignatureDependencies = Readonly<{
  spentNonces: Pick<SpentNonces, 'update'>;
  sealKey: SealKeys;
  clock: Clock;
}>;

/**
 * Verifies that the holder of a key signed this request, and spends its nonce. The nonce is spent last, so that nobody
 * else can spend it. Throws Fault SIGNATURE_REQUIRED with a SignatureReason.
 */
export async function demandSignature(
  { spentNonces, sealKey, clock }: SignatureDependencies,
  { keyId, signing }: KeptApiKey,
  { action, signed }: Readonly<{ action: Action; signed: SignedRequest | undefined }>,
): Promise<void> {
  if (signed === undefined) throw signatureRefused('signature-missing');
  const { method, targetUri, fields, signatureInput, signature } = signed;
  const key = verifyingKeyOf(sealKey, keyId, signing);
  if (key === undefined) throw new Fault('INTERNAL', {}, { cause: new Error('a signing secret does not open') });
  const { nonce, expiresAtMs, tag } = verifyMessage({
    ...{ message: { method, targetUri, fields }, fields: { signatureInput, signature } },
    ...{ keyId, key, nowMs: clock.now().getTime() },
  });
  if (tag !== undefined && tag !== action) throw signatureRefused('action-differs');
  const isFirst = await spentNonces.update(digest('nonce', keyId, nonce), (spent) =>
    spent === undefined ? { result: true, state: { expiresAtMs } } : { result: false },
  );
  if (!isFirst) throw signatureRefused('nonce-spent');
}
