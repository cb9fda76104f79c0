import { setTimeout as pause } from 'node:timers/promises';
import type { MemoryBus } from '@vox/platform/bus';

/** Waits until nothing is under way on the in-memory bus. It polls the bus rather than guess a time. */
export async function settled(bus: MemoryBus): Promise<void> {
  for (let quiet = 0; quiet < 5; quiet = bus.busy() ? 0 : quiet + 1) await pause(1);
}
