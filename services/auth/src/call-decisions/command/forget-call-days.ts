import type { Clock } from '@vox/platform/time';
import type { CallDays } from '../keep.ts';

export type ForgetCallDaysDependencies = Readonly<{
  callDays: Pick<CallDays, 'due' | 'remove'>;
  clock: Pick<Clock, 'now'>;
}>;

const page = 200;

/** Forgets days that are older than what is shown. */
export async function forgetCallDays({ callDays, clock }: ForgetCallDaysDependencies): Promise<void> {
  for (const { key } of await callDays.due(clock.now().getTime(), page)) await callDays.remove(key);
}
