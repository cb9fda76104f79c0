import { type Fact, HoldPlaced, HoldReleased, makeFact } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';

export async function publishPlaced(
  bus: Pick<Bus, 'publish'>,
  at: Date,
  placed: Fact<typeof HoldPlaced>['data'],
): Promise<void> {
  const head = { id: `hold-placed:${placed.holdId}`, source: 'compliance', at };
  await bus.publish(HoldPlaced, makeFact(HoldPlaced, head, placed));
}

export async function publishReleased(
  bus: Pick<Bus, 'publish'>,
  at: Date,
  released: Fact<typeof HoldReleased>['data'],
): Promise<void> {
  const head = { id: `hold-released:${released.holdId}`, source: 'compliance', at };
  await bus.publish(HoldReleased, makeFact(HoldReleased, head, released));
}
