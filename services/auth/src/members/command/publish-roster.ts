import type { Bus } from '@vox/platform/bus';
import type { Roster } from '../decide/roster.ts';
import type { Rosters } from '../keep.ts';
import { publishRosterEntry } from '../publish.ts';

export type PublishRosterDependencies = Readonly<{
  bus: Pick<Bus, 'publish'>;
  rosters: Pick<Rosters, 'update'>;
  /** Ends every login of a member whose role changed; of one who `isGone` nothing of the browsers is kept either. */
  endLoginsOf: (tenantId: string, memberId: string, isGone: boolean) => Promise<unknown>;
}>;

/**
 * Publishes what changed of a tenant's members, and then clears it from the outbox. The logins of whoever is no longer
 * what they were end before anybody hears of the change. After a crash the sweep does it again.
 */
export async function publishRoster(
  { bus, rosters, endLoginsOf }: PublishRosterDependencies,
  tenantId: string,
  { untold }: Pick<Roster, 'untold'>,
): Promise<void> {
  for (const entry of untold) {
    const { kind, memberId } = entry.what;
    if (kind === 'role-changed' || kind === 'removed') await endLoginsOf(tenantId, memberId, kind === 'removed');
    await publishRosterEntry(bus, tenantId, entry);
  }
  const published = new Set(untold.map(({ id }) => id));
  await rosters.update(tenantId, (known) => {
    const left = known?.untold.filter(({ id }) => !published.has(id)) ?? [];
    return known === undefined || left.length === known.untold.length
      ? { result: undefined }
      : { result: undefined, state: { ...known, untold: left } };
  });
}
