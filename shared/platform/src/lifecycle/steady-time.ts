import type { Bus } from '../bus/mod.ts';
import { clockOffset } from '../telemetry/mod.ts';
import { type Clock, ownClocks, repeat, steadyClock, systemClock } from '../time/mod.ts';
import type { Lifecycle } from './run-service.ts';

const everyMs = 5_000;
/** An answer that took longer says too little about the present time. */
const slowMs = 500;
/** More than two clocks under NTP ever differ. */
const doubtfulMs = 2_000;

/** The time by the bus, or undefined when the bus does not answer fast enough. */
async function heardMs(bus: Bus): Promise<number | undefined> {
  const startedMs = performance.now();
  const busTime = await bus.time().catch(() => undefined);
  const tookMs = performance.now() - startedMs;
  return busTime === undefined || tookMs > slowMs ? undefined : busTime.getTime() + tookMs / 2;
}

/**
 * The clock that all copies of all services agree on: it follows the bus, whatever somebody sets this machine's clock
 * to.
 */
export async function openClock(bus: Bus, lifecycle: Lifecycle): Promise<Clock> {
  const clock = steadyClock(ownClocks, (await heardMs(bus)) ?? systemClock.now().getTime());
  let doubted = false;
  let offsetMs = systemClock.now().getTime() - clock.now().getTime();
  lifecycle.onStop(async () => unwatch());
  const unwatch = clockOffset.watch({}, () => offsetMs / 1_000);
  const listening = repeat(
    everyMs,
    async () => {
      const sharedMs = await heardMs(bus);
      if (sharedMs === undefined) return;
      offsetMs = Math.round(clock.hear(sharedMs));
      const doubtful = Math.abs(offsetMs) > doubtfulMs;
      if (doubtful && !doubted)
        lifecycle.log.error({ offsetMs }, 'the clock of this machine is off and is not followed: set it right');
      doubted = doubtful;
    },
    (error) => lifecycle.log.warn({ error }, 'the bus does not tell the time'),
  );
  lifecycle.onStop(listening.stop);
  return clock;
}
