import { type CopyStatus, type ServiceName, ShowStatus } from '@vox/contracts';
import type { Bus, Consumption } from '../bus/mod.ts';
import { breakerOpen, dependencyUp, storeBreakerOpen } from '../telemetry/mod.ts';
import { type KnownCopy, processCopy, toldCopy } from './copy.ts';

export type StatusOptions = Readonly<{
  service: ServiceName;
  /** The bus that the service hears on: it knows how far the consumers are. */
  bus: Pick<Bus, 'progress'>;
  copy?: KnownCopy | undefined;
}>;

type Breakers = CopyStatus['breakers'];

/** The breakers of each service, as its metrics show them. */
const breakersOf: Partial<Record<ServiceName, () => Promise<Breakers>>> = {
  'edge-guard': async () => openOf(await storeBreakerOpen.now(), () => 'redis'),
  'session-broker': async () => openOf(await breakerOpen.now(), ({ provider = '' }) => provider),
};

/** Several readings of one name, as where copies share a process, are open if any of them is. */
function openOf(
  readings: readonly Readonly<{ labels: Readonly<Record<string, string>>; value: number }>[],
  nameOf: (labels: Readonly<Record<string, string>>) => string,
): Breakers {
  const open = new Map<string, boolean>();
  for (const { labels, value } of readings) {
    const name = nameOf(labels);
    open.set(name, open.get(name) === true || value === 1);
  }
  return [...open].map(([breaker, isOpen]) => ({ breaker, isOpen }));
}

/** What a copy tells of itself. Nothing is measured for it that its metrics do not measure. */
export async function statusOf({ service, bus, copy = processCopy }: StatusOptions): Promise<CopyStatus> {
  const [up, breakers, consumers] = await Promise.all([
    dependencyUp.now(),
    breakersOf[service]?.() ?? [],
    bus.progress(),
  ]);
  const dependencies = up.map(({ labels: { dependency = '' }, value }) => ({ dependency, isUp: value === 1 }));
  return { ...toldCopy(copy), dependencies, breakers, consumers: [...consumers] };
}

/** Answers for this copy, on a bus that answers whoever may ask. */
export const answerStatus = (guarded: Pick<Bus, 'answer'>, options: StatusOptions): Promise<Consumption> =>
  guarded.answer(ShowStatus[options.service], () => statusOf(options));
