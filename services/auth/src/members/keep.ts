import { MemberId, Role, TenantIdOrPlatform } from '@vox/contracts';
import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import { storedStamp } from '../tenants/mod.ts';
import { type Roster, rosterDueAtMs } from './decide/roster.ts';

/** Who belongs to each tenant, by tenant id. */
export type Rosters = DocumentStore<Roster>;

const ms = z.number().int();
const memberId = MemberId;

export const addressTag = (addressMark: string): string => `address:${addressMark}`;

export const storedRosters: StoredKind<Roster> = {
  collection: 'rosters',
  schema: z.object({
    tenantId: TenantIdOrPlatform,
    members: z.array(
      z.object({
        memberId,
        role: Role,
        addressMark: z.string(),
        sealedAddress: z.string(),
        invitedAtMs: ms,
        joinedAtMs: ms.nullable(),
        invitation: z.object({ digest: z.string(), endsAtMs: ms }).nullable(),
      }),
    ),
    untold: z.array(
      z.object({
        ...storedStamp,
        what: z.discriminatedUnion('kind', [
          z.object({ kind: z.enum(['invited', 'joined', 'role-changed']), memberId, role: Role }),
          z.object({ kind: z.literal('removed'), memberId }),
        ]),
      }),
    ),
  }),
  dueAtMs: rosterDueAtMs,
  tags: ({ members }) => members.map(({ addressMark }) => addressTag(addressMark)),
};
