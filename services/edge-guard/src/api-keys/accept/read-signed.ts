import { SignedRequest, signedFieldNames } from '@vox/contracts';
import { demandContentDigest, signatureRefused } from '@vox/platform/http-signature';
import type { Request } from 'express';
import { targetUriOf } from '../decide/target.ts';

/**
 * The signature of a request, with all that it may cover. `undefined` where it is not signed. Throws Fault
 * SIGNATURE_REQUIRED where its body is another than Content-Digest says: only here are the bytes of the body known.
 */
export function readSigned(
  request: Request,
  body: Uint8Array,
  publicOrigins: Iterable<string>,
): SignedRequest | undefined {
  const signatureInput = request.get('signature-input');
  const signature = request.get('signature');
  if (signatureInput === undefined && signature === undefined) return undefined;
  const digest = request.get('content-digest');
  if (digest === undefined) throw signatureRefused('signature-missing');
  demandContentDigest(digest, body);
  const sent = signedFieldNames.map((name) => [name, request.get(name)] as const);
  const fields = Object.fromEntries(sent.filter(([, value]) => value !== undefined));
  const targetUri = targetUriOf(request.originalUrl, request.get('host'), publicOrigins);
  const read = SignedRequest.safeParse({ method: request.method, targetUri, fields, signatureInput, signature });
  if (!read.success) throw signatureRefused('signature-malformed');
  return read.data;
}
