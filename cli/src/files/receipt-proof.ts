import {
  ConsentReceipt,
  ErasureReceipt,
  ExportManifestReceipt,
  ExportReceipt,
  ListReceiptKeys,
  type ReceiptKey,
  RetentionReceipt,
} from '@vox/contracts';
import { AnchorReceipt, CheckpointReceipt, PageReceipt, type ReceiptKind, readReceipt } from '@vox/platform/crypto';
import { invalidField } from '@vox/platform/fault';
import { jsonOf } from './json-file.ts';

const kinds: readonly ReceiptKind[] = [
  ...[ConsentReceipt, ErasureReceipt, ExportReceipt, ExportManifestReceipt, RetentionReceipt],
  ...[CheckpointReceipt, AnchorReceipt, PageReceipt],
];

/** What a receipt proves, or what is wrong with it. */
export type Proof =
  | Readonly<{ sound: true; kind: string; id: string; signedAt: string; kid: string; says: unknown }>
  | Readonly<{ sound: false; wrong: string }>;

type Peeked = Readonly<{ typ?: unknown; kid?: unknown; kind?: unknown }>;

function objectIn(part: string | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** What a receipt says of itself before it is verified. */
function peek(text: string): Peeked | undefined {
  const parts = text.split('.');
  const [header, payload] = [objectIn(parts[0]), objectIn(parts[1])];
  if (parts.length !== 3 || header === undefined || payload === undefined) return undefined;
  return { typ: header.typ, kid: header.kid, kind: payload.kind };
}

/** Verifies one receipt of any kind with the given public keys. */
export async function proofOf(text: string, keys: readonly ReceiptKey[]): Promise<Proof> {
  const wrong = (message: string): Proof => ({ sound: false, wrong: message });
  const peeked = peek(text);
  if (peeked === undefined) return wrong('is no receipt: it has not three readable parts, or was cut off');
  if (peeked.typ !== 'vox-receipt+jws') return wrong('is a signed text, but not a receipt of VOX');
  const kind = kinds.find(({ name }) => name === peeked.kind);
  if (kind === undefined)
    return wrong(`is of an unknown kind; the known kinds are ${kinds.map(({ name }) => name).join(', ')}`);
  const find = (kid: string): ReceiptKey | undefined => keys.find((key) => key.kid === kid);
  if (typeof peeked.kid !== 'string' || find(peeked.kid) === undefined)
    return wrong('is signed with a key that is not among the given keys: they are of another installation, or older');
  try {
    const { id, at, kid, says } = await readReceipt(kind, text, find);
    return { sound: true, kind: kind.name, id, signedAt: at.toISOString(), kid, says };
  } catch {
    return wrong('was altered after it was signed, or was signed by somebody else');
  }
}

/** The public keys in the output of `vox audit keys`. Throws Fault INVALID_REQUEST. */
export function keysIn(file: string): readonly ReceiptKey[] {
  const read = ListReceiptKeys.reply.safeParse(jsonOf(file));
  if (read.success) return read.data.keys;
  throw invalidField(file, 'holds no public keys; it must be the output of `vox audit keys`');
}
