import type { Clock } from '@vox/platform/time';
import { type NotedUses, notedUses } from '../../key-ages/mod.ts';
import { withUses } from '../decide/change.ts';
import type { ApiKeyRings } from '../keep/api-key-rings.ts';

/** When API keys were used last. */
export type KeyUses = NotedUses;

export const keyUses = ({
  apiKeyRings,
  clock,
}: Readonly<{ apiKeyRings: Pick<ApiKeyRings, 'update'>; clock: Clock }>): KeyUses =>
  notedUses({
    clock,
    write: (tenantId, usedAtMs) =>
      apiKeyRings.update(tenantId, (ring) => {
        const state = ring && withUses(ring, usedAtMs);
        return state === undefined ? { result: undefined } : { result: undefined, state };
      }),
  });
