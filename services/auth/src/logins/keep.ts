import { acting, LoginEnd, MemberId, TenantIdOrPlatform } from '@vox/contracts';
import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import type { Devices } from './decide/devices.ts';
import { type Login, loginDueAtMs } from './decide/login.ts';

/** Logins by id, until no token of them lives any more. */
export type Logins = DocumentStore<Login>;
/** The browsers that each member signed in with, by member id. */
export type KnownDevices = DocumentStore<Devices>;

const ms = z.number().int();
const happened = { atMs: ms, by: z.object(acting) };

export const memberTag = (memberId: string): string => `member:${memberId}`;
export const tenantTag = (tenantId: string): string => `tenant:${tenantId}`;

export const storedLogins: StoredKind<Login> = {
  collection: 'logins',
  schema: z.object({
    tenantId: TenantIdOrPlatform,
    memberId: MemberId,
    name: z.string().nullable(),
    device: z.string(),
    place: z.string(),
    startedAtMs: ms,
    seenAtMs: ms,
    expiresAtMs: ms,
    freshUntilMs: ms,
    endedAtMs: ms.nullable(),
    untold: z.array(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('started'), isNewDevice: z.boolean(), ...happened }),
        z.object({ kind: z.literal('stepped-up'), ...happened }),
        z.object({ kind: z.literal('ended'), why: LoginEnd, ...happened }),
      ]),
    ),
  }),
  dueAtMs: loginDueAtMs,
  /** Only logins that have not ended have tags. */
  tags: ({ tenantId, memberId, endedAtMs }) => (endedAtMs === null ? [tenantTag(tenantId), memberTag(memberId)] : []),
};

export const storedDevices: StoredKind<Devices> = {
  collection: 'login_devices',
  schema: z.object({ tenantId: TenantIdOrPlatform, devices: z.array(z.object({ digest: z.string(), seenAtMs: ms })) }),
};
