import { type PlaceLimits, placesOf } from '../../door/mod.ts';

/** A stream that was let in. Its name is when it began, in epoch milliseconds: no other of its call has the same. */
export type OpenStream = Readonly<{ beganMs: number; leave: () => void }>;
/** Why a stream is not let in. */
export type NoStream = 'all-taken' | 'holder-has-enough' | 'closing';

/** The streams that this copy sends. Each holds a connection for as long as its call lives, so they are bounded. */
export type OpenStreams = Readonly<{
  /** Lets a stream of a call in. `end` ends it: with the time after which its page is to come back, if it is. */
  enter: (sessionId: string, nowMs: number, end: (retryMs?: number) => void) => OpenStream | NoStream;
  /**
   * Ends the stream of a call that began at a moment, if it is here: its page has come back, so nobody reads it. Where
   * a connection broke, the network would tell of that much later, and the page would have used up its places.
   */
  endLost: (sessionId: string, beganMs: number) => void;
  /** Lets no stream in any more, and sends the pages of all that are open to another copy. */
  close: () => void;
}>;

export const standardStreams: PlaceLimits = { all: 2_000, each: 3 };

/** `retryMs` says after how long the page of a stream is to come back when this copy closes. */
export function openStreams(limits: PlaceLimits, retryMs: () => number): OpenStreams {
  const places = placesOf(limits);
  const open = new Map<string, (retryMs?: number) => void>();
  const nameOf = (sessionId: string, beganMs: number): string => `${sessionId} ${beganMs}`;
  let isClosing = false;
  return {
    enter(sessionId, nowMs, end) {
      if (isClosing) return 'closing';
      const place = places.take(sessionId);
      if (typeof place === 'string') return place;
      let beganMs = nowMs;
      while (open.has(nameOf(sessionId, beganMs))) beganMs += 1;
      const name = nameOf(sessionId, beganMs);
      open.set(name, end);
      const leave = (): void => {
        // Another stream may have the name by now.
        if (open.get(name) === end) open.delete(name);
        place.leave();
      };
      return { beganMs, leave };
    },
    endLost: (sessionId, beganMs) => open.get(nameOf(sessionId, beganMs))?.(),
    close() {
      isClosing = true;
      for (const end of [...open.values()]) end(retryMs());
    },
  };
}
