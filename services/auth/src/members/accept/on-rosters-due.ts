import type { ChangeRosterDependencies } from '../command/change-roster.ts';
import { forgetLapsed } from '../command/forget-members.ts';
import { publishRoster } from '../command/publish-roster.ts';
import type { Rosters } from '../keep.ts';

export type OnRostersDueDependencies = ChangeRosterDependencies &
  Readonly<{ rosters: Pick<Rosters, 'due' | 'update'> }>;

const page = 100;

/** Publishes what a crash left in the outboxes, and forgets invitations that lapsed. */
export async function onRostersDue(dependencies: OnRostersDueDependencies): Promise<void> {
  for (const { key, state } of await dependencies.rosters.due(dependencies.clock.now().getTime(), page)) {
    if (state.untold.length > 0) await publishRoster(dependencies, key, state);
    await forgetLapsed(dependencies, key);
  }
}
