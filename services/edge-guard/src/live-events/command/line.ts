import { eventIdOf, type LiveEvent } from '../decide/live-event.ts';

/** Where the events of a line come out. */
export type Outlet = Readonly<{
  event: (id: string, event: LiveEvent) => void;
  /** Nothing is said, and the line is there. */
  silence: () => void;
  /** Nothing more comes; after `retryMs` another copy would go on. */
  end: (retryMs?: number) => void;
}>;

/** A line from one call to one page. What is said before it flows waits; what is said after its end is not heard. */
export type Line = Readonly<{
  say: (event: LiveEvent) => void;
  silence: () => void;
  /** What it is called, and what comes first, before all that was said meanwhile. */
  begin: (beganMs: number, first: readonly LiveEvent[]) => void;
  flow: (outlet: Outlet) => void;
  end: (retryMs?: number) => void;
  /** Runs once the line has ended, or now if it has. */
  whenOver: (leave: () => void) => void;
}>;

/** Opens a line. It ends by itself behind the event `ended`. */
export function newLine(): Line {
  const leaving: (() => void)[] = [];
  let waiting: LiveEvent[] = [];
  let outlet: Outlet | undefined;
  let over: Readonly<{ retryMs: number | undefined }> | undefined;
  let [name, said] = [0, 0];

  function end(retryMs?: number): void {
    if (over !== undefined) return;
    over = { retryMs };
    waiting = [];
    for (const leave of leaving.splice(0)) leave();
    outlet?.end(retryMs);
  }
  function say(event: LiveEvent): void {
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
