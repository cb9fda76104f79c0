import type { Consumer, ConsumerProgress } from '@vox/contracts';
import type { Handle } from '../judge.ts';

export type Worker = { handle: Handle; dead: boolean };

/** A durable consumer of the twin, with the workers that share it. */
export type Durable = {
  consumer: Consumer;
  workers: Worker[];
  next: number;
  waiting: Set<Promise<void>>;
  timers: Set<NodeJS.Timeout>;
  parked: (() => void)[];
  /** When each message was stored that is not done, by its sequence number. */
  open: Map<number, number>;
};

/** What can be seen of a durable consumer from outside. */
export type DurableState = Readonly<Omit<Durable, 'next'>>;

export const newDurable = (consumer: Consumer): Durable => ({
  ...{ consumer, workers: [], next: 0, waiting: new Set(), timers: new Set(), parked: [], open: new Map() },
});

/** Messages that nobody was there to take, and those that are not done. */
export function countsOf({ parked, waiting, timers }: DurableState) {
  // A handler at work has a timer too, and so has a message that waits for its next delivery.
  const inWork = Math.max(waiting.size, timers.size);
  return { waiting: parked.length, inWork, redelivered: inWork - waiting.size };
}

/** How far a durable consumer is, and for how long its oldest message has been stored. */
export function progressOf(durable: DurableState, nowMs: number): ConsumerProgress {
  const { consumer, open } = durable;
  const oldestSeconds = open.size === 0 ? null : Math.max(0, nowMs - Math.min(...open.values())) / 1_000;
  return { consumer: consumer.name, ...countsOf(durable), oldestSeconds };
}
