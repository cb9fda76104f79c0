import { type Dictionary, isInnerList, parseDictionary } from 'structured-headers';
import { signatureRefused } from './refusal.ts';
import type { SignatureFields } from './sign-message.ts';
import type { SignatureInput } from './signature-base.ts';

export type ReadSignature = SignatureInput & Readonly<{ signature: Uint8Array }>;

/**
 * Reads the fields of a signature (RFC 9421 §4). There must be one, under one label, and its components have no
 * parameters: none of ours needs one. Throws Fault SIGNATURE_REQUIRED.
 */
export function readSignature({ signatureInput, signature }: SignatureFields): ReadSignature {
  const [label, input, ...others] = [...parsed(signatureInput)].flat();
  const [ofLabel, item, ...more] = [...parsed(signature)].flat();
  if (others.length + more.length > 0 || label !== ofLabel || typeof input !== 'object' || typeof item !== 'object')
    throw signatureRefused('signature-malformed');
  if (!isInnerList(input) || isInnerList(item) || !(item[0] instanceof ArrayBuffer))
    throw signatureRefused('signature-malformed');
  const components = input[0].map(([name, parameters]) => {
    if (typeof name !== 'string') throw signatureRefused('signature-malformed');
    if (parameters.size > 0) throw signatureRefused('component-unknown');
    return name;
  });
  return { components, parameters: input[1], signature: new Uint8Array(item[0]) };
}

function parsed(field: string): Dictionary {
  try {
    return parseDictionary(field);
  } catch (cause) {
    throw signatureRefused('signature-malformed', cause);
  }
}
