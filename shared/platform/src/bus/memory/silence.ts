import { ackWaitsMax } from '../back-off.ts';

type Listened = Readonly<{
  ackWaitMs: number;
  isDead: () => boolean;
  /** Where timers that run are kept, so that all can be stopped at once. */
  timers: Set<NodeJS.Timeout>;
  onSilence: () => void;
}>;

/** Tells when a copy is dead at the end of an ack wait, or its handler has had all of them. Answers how to stop listening. */
export function listenForSilence({ ackWaitMs, isDead, timers, onSilence }: Listened): () => void {
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
