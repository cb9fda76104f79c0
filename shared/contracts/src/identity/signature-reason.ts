import { z } from 'zod';

/** Why a request's signature (RFC 9421) is refused. This is the whole list; the answer of a refusal names one. */
export const SignatureReason = z.enum([
  'signature-missing',
  'signature-malformed',
  'component-missing',
  'component-unknown',
  'algorithm-unknown',
  'key-unknown',
  'created-ahead',
  'life-too-long',
  'expired',
  'nonce-missing',
  'nonce-spent',
  'digest-unknown',
  'body-differs',
  'action-differs',
  'signature-wrong',
]);
export type SignatureReason = z.infer<typeof SignatureReason>;
