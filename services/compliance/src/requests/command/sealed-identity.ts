import { IdentifierKind } from '@vox/contracts';
import { seal, unseal } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import { z } from 'zod';
import type { KeyRing } from '../../vault/mod.ts';

const OneNamed = z.object({ kind: IdentifierKind, form: z.string() });
/** What a request that was opened before it could name several was sealed with. */
const OneWritten = z.object({ kind: IdentifierKind, value: z.string() });

/** Who a request is about, as it is sealed in the request until its last step. */
export const SealedIdentity = z.object({
  identifier: OneWritten.optional(),
  identifiers: z.array(OneNamed).default([]),
  visitorIds: z.array(z.string()),
  userIds: z.array(z.string()),
  emails: z.array(z.string()).default([]),
});
export type SealedIdentity = z.infer<typeof SealedIdentity>;

export type OpenIdentity = Readonly<{ ring: Pick<KeyRing, 'keysOf'> }>;
export type SealIdentity = OpenIdentity & Readonly<{ random: (size: number) => Uint8Array }>;
type OfRequest = Readonly<{ tenantId: string; requestId: string }>;
const place = ({ tenantId, requestId }: OfRequest): string => `request:${tenantId}:${requestId}`;

/** Under the tenant's key, for the persons' own keys are gone before the last step. */
export async function sealIdentity(
  { ring, random }: SealIdentity,
  request: OfRequest,
  identity: SealedIdentity,
): Promise<string> {
  const { data } = await ring.keysOf(request.tenantId);
  return seal(data, place(request), JSON.stringify(SealedIdentity.parse(identity)), random);
}

export async function openIdentity(
  { ring }: OpenIdentity,
  request: OfRequest & Readonly<{ sealedWhose: string | null }>,
): Promise<SealedIdentity> {
  const { data } = await ring.keysOf(request.tenantId);
  const text = request.sealedWhose === null ? undefined : unseal(data, place(request), request.sealedWhose);
  if (text === undefined) throw new Fault('INTERNAL', {}, { cause: new Error('a privacy request does not open') });
  return SealedIdentity.parse(JSON.parse(text));
}
