import type { Clock } from '@vox/platform/time';
import type { Flows } from '../keep/flows.ts';

const inOneSweep = 200;

/** Forgets logins that nobody came back from. */
export async function forgetFlows({
  flows,
  clock,
}: Readonly<{ flows: Pick<Flows, 'due' | 'remove'>; clock: Clock }>): Promise<void> {
  for (const { key } of await flows.due(clock.now().getTime(), inOneSweep)) await flows.remove(key);
}
