import type { Update } from '@vox/platform/store';
import type { Clock } from '@vox/platform/time';
import { keyAgeDueAtMs } from '../decide/age.ts';
import { folded, type KeyDay, keyDayDueAtMs } from '../decide/use.ts';
import type { KeyAges } from '../keep/key-ages.ts';
import type { KeyDays } from '../keep/key-days.ts';

export type ForgetUsesDependencies = Readonly<{
  keyAges: Pick<KeyAges, 'due' | 'update'>;
  keyDays: Pick<KeyDays, 'due' | 'update'>;
  clock: Clock;
}>;

const page = 200;

/** Folds days that no fact will change any more, and forgets those that are older than what is shown. */
export async function forgetUses({ keyAges, keyDays, clock }: ForgetUsesDependencies): Promise<void> {
  const nowMs = clock.now().getTime();
  for (const { key } of await keyDays.due(nowMs, page)) await keyDays.update(key, (known) => tidied(known, nowMs));
  for (const { key } of await keyAges.due(nowMs, page))
    await keyAges.update(key, (known) =>
      known !== undefined && keyAgeDueAtMs(known) <= nowMs
        ? { result: undefined, remove: true }
        : { result: undefined },
    );
}

/** Another copy may have folded the day since it was found: then it is not due any more. */
function tidied(known: KeyDay | undefined, nowMs: number): Update<KeyDay, void> {
  if (known === undefined || keyDayDueAtMs(known) > nowMs) return { result: undefined };
  return known.calls.length > 0 ? { result: undefined, state: folded(known) } : { result: undefined, remove: true };
}
