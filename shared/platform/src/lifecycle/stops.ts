import type { Log } from '../telemetry/mod.ts';

type Stop = () => Promise<unknown>;

/** What was opened, and how each of it is closed: in the reverse order, each once, one after the other. */
export type Stops = Readonly<{
  push: (stop: Stop) => void;
  /** How much is open. */
  height: () => number;
  /** Closes all that stands above a height. Answers whether everything closed. Whoever calls second waits its turn. */
  downTo: (height: number) => Promise<boolean>;
}>;

export function stopsOf(log: Pick<Log, 'error'>): Stops {
  const open: Stop[] = [];
  let last: Promise<boolean> = Promise.resolve(true);
  async function close(height: number): Promise<boolean> {
    let isWell = true;
    while (open.length > height)
      await open
        .pop()?.()
        .catch((error: unknown) => {
          isWell = false;
          log.error({ error }, 'something did not close');
        });
    return isWell;
  }
  return {
    push: (stop) => void open.push(stop),
    height: () => open.length,
    downTo(height) {
      last = last.then(async (wasWell) => (await close(height)) && wasWell);
      return last;
    },
  };
}
