import type { Clock } from '@vox/platform/time';
import { type PublishConnectionDependencies, publishConnection } from '../command/change-connection.ts';
import { forgetFlows } from '../command/forget-flows.ts';
import type { Connections } from '../keep/connections.ts';
import type { Flows } from '../keep/flows.ts';

const inOneSweep = 200;

/** Publishes what a crash has left untold, and forgets logins that nobody came back from. */
export async function onSingleSignOnDue(
  dependencies: PublishConnectionDependencies &
    Readonly<{ connections: Pick<Connections, 'due'>; flows: Pick<Flows, 'due' | 'remove'>; clock: Clock }>,
): Promise<void> {
  const due = await dependencies.connections.due(dependencies.clock.now().getTime(), inOneSweep);
  for (const { state } of due) await publishConnection(dependencies, state);
  await forgetFlows(dependencies);
}
