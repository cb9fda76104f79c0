import type { Bus } from '@vox/platform/bus';
import type { Clock } from '@vox/platform/time';
import { withoutPublished } from '../decide/change.ts';
import type { ApiKeyRing } from '../decide/ring.ts';
import type { ApiKeyRings } from '../keep/api-key-rings.ts';
import { publishEntry } from '../publish.ts';

export type PublishEntriesDependencies = Readonly<{
  bus: Pick<Bus, 'documents' | 'publish'>;
  apiKeyRings: Pick<ApiKeyRings, 'update'>;
  clock: Clock;
}>;

/** Publishes the changes that are due, then clears them. After a crash in between, the sweep publishes them again. */
export async function publishEntries(
  { bus, apiKeyRings, clock }: PublishEntriesDependencies,
  ring: ApiKeyRing,
): Promise<void> {
  const nowMs = clock.now().getTime();
  const due = ring.unpublished.filter(({ atMs }) => atMs <= nowMs);
  if (due.length === 0) return;
  for (const entry of due) await publishEntry(bus, ring, entry);
  const ids = new Set(due.map(({ id }) => id));
  await apiKeyRings.update(ring.tenantId, (known) =>
    known === undefined ? { result: undefined } : { result: undefined, state: withoutPublished(known, ids) },
  );
}
