import { digest } from '@vox/platform/crypto';
import type { Clock } from '@vox/platform/time';
import { newAge, usedAt } from '../decide/age.ts';
import { dayOf, withCall } from '../decide/use.ts';
import { ageKeyOf, type KeyAges } from '../keep/key-ages.ts';
import type { KeyDays } from '../keep/key-days.ts';

export type CountUseDependencies = Readonly<{
  keyAges: Pick<KeyAges, 'update'>;
  keyDays: Pick<KeyDays, 'update'>;
  clock: Clock;
}>;

const hashLength = 11;

/** Counts a call that was granted under a widget key, once, however often it is told. */
export async function countUse(
  { keyAges, keyDays, clock }: CountUseDependencies,
  {
    tenantId,
    widgetKey,
    sessionId,
    atMs,
  }: Readonly<{ tenantId: string; widgetKey: string; sessionId: string; atMs: number }>,
): Promise<void> {
  const day = dayOf(atMs);
  const call = digest('granted', sessionId).slice(0, hashLength);
  await keyDays.update(`${widgetKey}/${day}/${sessionId.slice(0, 1)}`, (known) => {
    const before = known ?? { widgetKey, day, folded: 0, calls: [] };
    const state = withCall(before, call);
    return state === before ? { result: undefined } : { result: undefined, state };
  });
  const key = { tenantId, kind: 'widget-key', keyId: widgetKey } as const;
  await keyAges.update(ageKeyOf(key), (known) => {
    const before = known ?? newAge(key, clock.now().getTime());
    const state = usedAt(before, atMs);
    return state === before ? { result: undefined } : { result: undefined, state };
  });
}
