import type { Clock } from '@vox/platform/time';
import { folded } from '../decide/use.ts';
import type { KeyAges } from '../keep/key-ages.ts';
import type { KeyDays } from '../keep/key-days.ts';

export type ForgetUsesDependencies = Readonly<{
  keyAges: Pick<KeyAges, 'due' | 'remove'>;
  keyDays: Pick<KeyDays, 'due' | 'update'>;
  clock: Clock;
}>;

const page = 200;

/** Folds days that no fact will change any more, and forgets those that are older than what is shown. */
export async function forgetUses({ keyAges, keyDays, clock }: ForgetUsesDependencies): Promise<void> {
  const nowMs = clock.now().getTime();
  for (const { key } of await keyDays.due(nowMs, page))
    await keyDays.update(key, (known) => {
      if (known === undefined) return { result: undefined };
      return known.calls.length > 0 ? { result: undefined, state: folded(known) } : { result: undefined, remove: true };
    });
  for (const { key } of await keyAges.due(nowMs, page)) await keyAges.remove(key);
}
