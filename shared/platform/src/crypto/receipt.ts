import { CompactSign, compactVerify, errors, importJWK } from 'jose';
import { z } from 'zod';
import { invalidField } from '../fault/mod.ts';
import type { PrivateKey } from './token.ts';

/** One kind of receipt: what it proves, and the only schema of its content. */
export type ReceiptKind<P extends z.ZodType = z.ZodType> = Readonly<{ name: string; payload: P }>;

export const receiptKind = <P extends z.ZodType>(name: string, payload: P): ReceiptKind<P> => ({ name, payload });

const algorithm = 'EdDSA';
const typ = 'vox-receipt+jws';
/** An erasure's names each call of a person. */
const longestReceipt = 262_144;
const ReceiptContent = z.object({ kind: z.string(), id: z.string().min(1), at: z.iso.datetime(), says: z.unknown() });

/** A receipt that proved sound. `at` is when it was signed. */
export type Receipt<P> = Readonly<{ id: string; at: Date; kid: string; says: P }>;

/**
 * Signs the content of a receipt (compact JWS with Ed25519, RFC 7515 and RFC 8037). A receipt never expires; whoever
 * relies on it judges its age.
 */
export async function signReceipt<P extends z.ZodType>(
  kind: ReceiptKind<P>,
  key: PrivateKey,
  { id, at, says }: Readonly<{ id: string; at: Date; says: z.input<P> }>,
): Promise<string> {
  const secret = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: key.x, d: key.d }, algorithm);
  const content = { kind: kind.name, id, at: at.toISOString(), says: kind.payload.parse(says) };
  return new CompactSign(new TextEncoder().encode(JSON.stringify(content)))
    .setProtectedHeader({ alg: algorithm, typ, kid: key.kid })
    .sign(secret);
}

type PublicHalf = Readonly<{ x: string }>;

/** A key is imported once: verifying a long chain reads thousands of receipts under a few keys. */
const ready = new WeakMap<PublicHalf, ReturnType<typeof importJWK>>();
function imported(key: PublicHalf): ReturnType<typeof importJWK> {
  const known = ready.get(key) ?? importJWK({ kty: 'OKP', crv: 'Ed25519', x: key.x }, algorithm);
  ready.set(key, known);
  return known;
}

/**
 * The content of a receipt. Throws Fault INVALID_REQUEST for a receipt that is altered, of another kind, or signed by a
 * key that `find` does not know.
 */
export async function readReceipt<P extends z.ZodType>(
  kind: ReceiptKind<P>,
  text: string,
  find: (kid: string) => PublicHalf | undefined,
): Promise<Receipt<z.infer<P>>> {
  try {
    if (text.length > longestReceipt) throw new errors.JWSInvalid('too long');
    const { payload, protectedHeader } = await compactVerify(
      text,
      ({ kid }) => {
        const key = kid === undefined ? undefined : find(kid);
        if (key === undefined) throw new errors.JWKSNoMatchingKey();
        return imported(key);
      },
      { algorithms: [algorithm] },
    );
    // The last bits of a signature's last letter are unused: another letter would prove the same in another text.
    const signature = text.slice(text.lastIndexOf('.') + 1);
    if (Buffer.from(signature, 'base64url').toString('base64url') !== signature)
      throw new errors.JWSInvalid('two texts');
    if (protectedHeader.typ !== typ) throw new errors.JWSInvalid('another typ');
    const { id, at, says, ...content } = ReceiptContent.parse(JSON.parse(new TextDecoder().decode(payload)));
    if (content.kind !== kind.name) throw new errors.JWSInvalid('another kind');
    return { id, at: new Date(at), kid: String(protectedHeader.kid), says: kind.payload.parse(says) as z.infer<P> };
  } catch (cause) {
    throw invalidField('receipt', 'is no receipt of ours', { cause });
  }
}
