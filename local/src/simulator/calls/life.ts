import type { Settings } from '../settings.ts';
import type { Book } from './books.ts';
import type { Lines } from './lines.ts';
import type { EndedBy, Protocol } from './protocol.ts';
import type { Timers } from './timers.ts';

export type LifeOptions = Readonly<{
  protocol: Pick<Protocol, 'parting'>;
  book: Book;
  lines: Lines;
  timers: Timers;
  settings: Settings;
  /** Closes the connection to the browser. */
  closePeer: () => Promise<void>;
  /** The call has ended, and no sideband of it is left. */
  onOver: () => void;
}>;

export type Life = Readonly<{
  isOpen: () => boolean;
  /** Ends the call, once. Resolves when the connection to the browser is closed. */
  end: (by: EndedBy) => Promise<void>;
  /** Closes the sidebands of a call whose browser has left in silence. */
  release: () => void;
  /** A sideband is gone. */
  left: () => void;
}>;

/** How one call ends, and what its sidebands notice of it. */
export function lifeOf({ protocol, book, lines, timers, settings, closePeer, onOver }: LifeOptions): Life {
  let ending: Promise<void> | undefined;
  function left(): void {
    if (ending === undefined || lines.sidebands() > 0) return;
    timers.clear();
    onOver();
  }
  function release(): void {
    lines.closeSidebands();
    left();
  }
  function part(by: EndedBy): void {
    timers.clear();
    const words = protocol.parting(by);
    for (const event of words) book.enter(event);
    book.ended(by);
    const told = by === 'browser' ? settings.browserLeaves : 'event';
    if (told === 'event') lines.toAll(words);
    if (told === 'silent') timers.after(settings.callMs, release);
    else lines.closeSidebands();
    left();
  }
  return {
    isOpen: () => ending === undefined,
    end(by) {
      if (ending !== undefined) return ending;
      const closed = Promise.withResolvers<void>();
      // Set first, for the connection tells of its own end while it is being closed.
      ending = closed.promise;
      part(by);
      void closePeer().then(closed.resolve, () => closed.resolve());
      return ending;
    },
    release,
    left,
  };
}
