import type { Clock } from '@vox/platform/time';
import { type PublishOutboxDependencies, publishOutbox } from '../command/publish-outbox.ts';
import type { Tenants } from '../keep.ts';

export type OnOutboxDueDependencies = PublishOutboxDependencies &
  Readonly<{ tenants: Pick<Tenants, 'due' | 'read' | 'update'>; clock: Clock }>;

const page = 200;

/** Publishes what a crash left in the outboxes. */
export async function onOutboxDue(dependencies: OnOutboxDueDependencies): Promise<void> {
  for (const { key, state } of await dependencies.tenants.due(dependencies.clock.now().getTime(), page))
    await publishOutbox(dependencies, key, state);
}
