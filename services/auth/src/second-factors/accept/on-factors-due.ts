import type { Clock } from '@vox/platform/time';
import { type PublishFactorsDependencies, publishFactors } from '../command/publish-factors.ts';
import type { SecondFactors } from '../keep.ts';

const inOneSweep = 200;

/** Publishes what a crash has left untold. */
export async function onFactorsDue(
  dependencies: PublishFactorsDependencies &
    Readonly<{ secondFactors: Pick<SecondFactors, 'due'>; clock: Pick<Clock, 'now'> }>,
): Promise<void> {
  const due = await dependencies.secondFactors.due(dependencies.clock.now().getTime(), inOneSweep);
  for (const { state } of due) await publishFactors(dependencies, state);
}
