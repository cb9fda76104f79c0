import type { SignatureReason } from '@vox/contracts';
import { Fault } from '../fault/mod.ts';

const sentences: Readonly<Record<SignatureReason, string>> = {
  'signature-missing': 'the fields Signature-Input, Signature and Content-Digest must be sent, each once',
  'signature-malformed': 'Signature-Input and Signature must hold one signature under the same label (RFC 9421)',
  'component-missing': 'the signature must cover @method, @target-uri and content-digest',
  'component-unknown': 'the signature covers a component that is not sent or not known here, or one component twice',
  'algorithm-unknown': 'the signature must be made with the algorithm of the key: hmac-sha256 or ed25519',
  'key-unknown': 'keyid must be the id of the API key that is sent',
  'created-ahead': 'created must be at most 60 seconds ahead of our clock',
  'life-too-long': 'expires must be later than created by 300 seconds at most',
  expired: 'the signature has expired',
  'nonce-missing': 'nonce must be 16 to 128 letters, digits or . _ ~ + / = -',
  'nonce-spent': 'this nonce was used before: each request needs a nonce of its own',
  'digest-unknown': 'Content-Digest must hold a sha-256 or a sha-512 (RFC 9530)',
  'body-differs': 'the body is not the one of Content-Digest',
  'action-differs': 'tag names another action than the one that is asked for',
  'signature-wrong': 'the signature does not fit this method, target, fields and key',
};

/** The refusal of a request whose signature is not good. */
export const signatureRefused = (reason: SignatureReason, cause?: unknown): Fault =>
  new Fault('SIGNATURE_REQUIRED', { reason, message: sentences[reason] }, { cause });
