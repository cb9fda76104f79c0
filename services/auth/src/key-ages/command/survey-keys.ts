import type { Bus } from '@vox/platform/bus';
import type { Clock } from '@vox/platform/time';
import { agingOf, type KeyAge, type KnownKey, newAge, seenAgain } from '../decide/age.ts';
import { ageKeyOf, type KeyAges } from '../keep/key-ages.ts';
import { publishAging } from '../publish.ts';

/** Every key of a kind that works. The domains that make keys hand this over. */
export type KeySource = () => AsyncIterable<KnownKey>;

export type SurveyKeysDependencies = Readonly<{
  keySources: readonly KeySource[];
  keyAges: Pick<KeyAges, 'read' | 'update'>;
  bus: Pick<Bus, 'publish'>;
  clock: Clock;
}>;

/**
 * Looks at the age of every key that works, and publishes which turned old or unused. Copies that do so at once
 * publish the same facts.
 */
export async function surveyKeys(dependencies: SurveyKeysDependencies): Promise<void> {
  for (const keys of dependencies.keySources) for await (const key of keys()) await surveyKey(dependencies, key);
}

async function surveyKey({ keyAges, bus, clock }: SurveyKeysDependencies, key: KnownKey): Promise<void> {
  const nowMs = clock.now().getTime();
  const at = ageKeyOf(key);
  const known = await keyAges.read(at);
  const age = seenAgain(known ?? newAge(key, nowMs), nowMs);
  const aging = agingOf(age, key, nowMs);
  for (const each of aging) await publishAging(bus, key, each);
  if (age === known && aging.length === 0) return;
  await keyAges.update(at, (now) => ({ result: undefined, state: withTold(now ?? age, age, aging) }));
}

const withTold = (now: KeyAge, { seenMs }: KeyAge, aging: ReturnType<typeof agingOf>): KeyAge => ({
  ...now,
  seenMs: Math.max(now.seenMs, seenMs),
  told: [...new Set([...now.told, ...aging.map(({ cause }) => cause)])],
});
