import { AgingCause, AgingKeyKind } from '@vox/contracts';
import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import { type KeyAge, keyAgeDueAtMs } from '../decide/age.ts';

/** Ages by `<tenant>/<kind>/<key>`. */
export type KeyAges = DocumentStore<KeyAge>;

export const ageKeyOf = ({ tenantId, kind, keyId }: Pick<KeyAge, 'tenantId' | 'kind' | 'keyId'>): string =>
  `${tenantId}/${kind}/${keyId}`;

const ms = z.number().int();

export const storedKeyAges: StoredKind<KeyAge> = {
  collection: 'key_ages',
  schema: z.object({
    tenantId: z.string(),
    kind: AgingKeyKind,
    keyId: z.string(),
    firstSeenMs: ms,
    lastUsedMs: ms.nullable(),
    seenMs: ms,
    told: z.array(AgingCause),
  }),
  dueAtMs: keyAgeDueAtMs,
};
