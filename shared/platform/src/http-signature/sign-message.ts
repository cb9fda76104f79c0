import { type Parameters, serializeDictionary } from 'structured-headers';
import { innerListOf, type SignedMessage, signatureBase } from './signature-base.ts';
import { type SigningKey, signatureOf } from './signature-key.ts';

/** The parameters of a signature (RFC 9421 §2.3). Moments are epoch seconds. */
export type SignatureParameters = Readonly<{
  created?: number;
  expires?: number;
  nonce?: string;
  alg?: string;
  keyid?: string;
  tag?: string;
}>;

export type SignatureFields = Readonly<{ signatureInput: string; signature: string }>;

/**
 * Signs a request (RFC 9421 §3.1). Answers the two fields to send with it. Throws RangeError where a covered component
 * is not of this message.
 */
export function signMessage(
  message: SignedMessage,
  {
    label = 'vox',
    components,
    parameters,
  }: Readonly<{ label?: string; components: readonly string[]; parameters: SignatureParameters }>,
  key: SigningKey,
): SignatureFields {
  const given: Parameters = new Map();
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) given.set(name, value);
  const input = { components, parameters: given };
  const base = signatureBase(message, input);
  if (base === undefined) throw new RangeError('a covered component is not of this message');
  return {
    signatureInput: serializeDictionary(new Map([[label, innerListOf(input)]])),
    signature: serializeDictionary(new Map([[label, [new Uint8Array(signatureOf(key, base)), new Map()]]])),
  };
}
