import { ackWaitsMax } from '../back-off.ts';

type SilenceOptions = Readonly<{
  ackWaitMs: number;
  isDead: () => boolean;
  /** Running timers, so that all can be stopped at once. */
  timers: Set<NodeJS.Timeout>;
  onSilence: () => void;
}>;

/**
 * Calls `onSilence` when a copy is dead at the end of an ack wait, or when its handler has used up all its ack waits.
 * Returns a function that stops the timers.
 */
export function listenForSilence({ ackWaitMs, isDead, timers, onSilence }: SilenceOptions): () => void {
  let ackWaits = 0;
  const listen = (): NodeJS.Timeout => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      ackWaits += 1;
      if (isDead() || ackWaits >= ackWaitsMax) onSilence();
      else running = listen();
    }, ackWaitMs);
    timers.add(timer);
    return timer;
  };
  let running = listen();
  return () => {
    clearTimeout(running);
    timers.delete(running);
  };
}
