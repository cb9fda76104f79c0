import { eventIdOf, type LiveEvent, type NamedEvent } from '../decide/live-event.ts';

/** Where the events of a line come out. */
export type Outlet<E extends NamedEvent = LiveEvent> = Readonly<{
  event: (id: string, event: E) => void;
  /** Nothing is said, and the line is there. */
  silence: () => void;
  /** Nothing more comes; after `retryMs` another copy would go on. */
  end: (retryMs?: number) => void;
}>;

/**
 * A line of events to one page: of one call, or of the changes of a tenant. What is said before it flows waits; what is
 * said after its end is not heard.
 */
export type Line<E extends NamedEvent = LiveEvent> = Readonly<{
  say: (event: E) => void;
  silence: () => void;
  /** What it is called, and what comes first, before all that was said meanwhile. */
  begin: (beganMs: number, first: readonly E[]) => void;
  flow: (outlet: Outlet<E>) => void;
  end: (retryMs?: number) => void;
  /** Runs once the line has ended, or now if it has. */
  whenOver: (leave: () => void) => void;
}>;

/** Opens a line. It ends by itself behind the event `ended`. */
export function newLine<E extends NamedEvent = LiveEvent>(): Line<E> {
  const leaving: (() => void)[] = [];
  let waiting: E[] = [];
  let outlet: Outlet<E> | undefined;
  let over: Readonly<{ retryMs: number | undefined }> | undefined;
  let [name, said] = [0, 0];

  function end(retryMs?: number): void {
    if (over !== undefined) return;
    over = { retryMs };
    waiting = [];
    for (const leave of leaving.splice(0)) leave();
    outlet?.end(retryMs);
  }
  function say(event: E): void {
    if (over !== undefined) return;
    if (outlet === undefined) return void waiting.push(event);
    said += 1;
    outlet.event(eventIdOf(name, said), event);
    if (event.kind === 'ended') end();
  }
  return {
    say,
    end,
    silence: () => {
      if (over === undefined) outlet?.silence();
    },
    begin(beganMs, first) {
      name = beganMs;
      waiting = [...first, ...waiting];
    },
    flow(to) {
      if (over !== undefined) return to.end(over.retryMs);
      outlet = to;
      for (const event of waiting.splice(0)) say(event);
    },
    whenOver(leave) {
      if (over === undefined) leaving.push(leave);
      else leave();
    },
  };
}
