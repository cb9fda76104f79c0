import { type PlaceLimits, placesOf } from '../../door/mod.ts';

/** A stream that was let in. Its name is when it began, in epoch milliseconds: its holder has no other of that name. */
export type OpenStream = Readonly<{ beganMs: number; leave: () => void }>;
/** Why a stream is not let in. */
export type NoStream = 'all-taken' | 'holder-has-enough' | 'closing';

/**
 * The streams that this copy sends. Each holds a connection for as long as its holder follows something: the page of a
 * call, or whoever manages a tenant. So they are bounded.
 */
export type OpenStreams = Readonly<{
  /** Lets a stream of a holder in. `end` ends it: with the time after which its page is to come back, if it is. */
  enter: (holder: string, nowMs: number, end: (retryMs?: number) => void) => OpenStream | NoStream;
  /**
   * Ends the stream of a holder that began at a moment, if it is here: its page has come back, so nobody reads it.
   * Where a connection broke, the network would tell of that much later, and the page would have used up its places.
   */
  endLost: (holder: string, beganMs: number) => void;
  /** Lets no stream in any more, and sends the pages of all that are open to another copy. */
  close: () => void;
}>;

/** Of calls, by the call. */
export const standardStreams: PlaceLimits = { all: 2_000, each: 3 };
/** Of the changes of a tenant, by the member or the API key. A browser opens one for all of its tabs. */
export const followingStreams: PlaceLimits = { all: 2_000, each: 6 };

/** `retryMs` says after how long the page of a stream is to come back when this copy closes. */
export function openStreams(limits: PlaceLimits, retryMs: () => number): OpenStreams {
  const places = placesOf(limits);
  const open = new Map<string, (retryMs?: number) => void>();
  const nameOf = (holder: string, beganMs: number): string => `${holder} ${beganMs}`;
  let isClosing = false;
  return {
    enter(holder, nowMs, end) {
      if (isClosing) return 'closing';
      const place = places.take(holder);
      if (typeof place === 'string') return place;
      let beganMs = nowMs;
      while (open.has(nameOf(holder, beganMs))) beganMs += 1;
      const name = nameOf(holder, beganMs);
      open.set(name, end);
      const leave = (): void => {
        // Another stream may have the name by now.
        if (open.get(name) === end) open.delete(name);
        place.leave();
      };
      return { beganMs, leave };
    },
    endLost: (holder, beganMs) => open.get(nameOf(holder, beganMs))?.(),
    close() {
      isClosing = true;
      for (const end of [...open.values()]) end(retryMs());
    },
  };
}
