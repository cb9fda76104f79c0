import { z } from 'zod';
import { ApiKeyId, MemberId, TenantIdOrPlatform } from '../values/ids.ts';
import { Role, Scope } from './access.ts';

/** Whose credential a request of `/api/v1` has, and for which tenant it is. */
export const Me = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('member'),
    tenantId: TenantIdOrPlatform,
    memberId: MemberId,
    role: Role,
    freshUntil: z.iso.datetime().nullable().describe('until when a code counts as fresh for sensitive operations'),
  }),
  z.object({ kind: z.literal('key'), tenantId: TenantIdOrPlatform, keyId: ApiKeyId, scopes: z.array(Scope) }),
]);
export type Me = z.infer<typeof Me>;
