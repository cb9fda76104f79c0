import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Asked, Counted } from './run.ts';

const run = fileURLToPath(new URL('./run.ts', import.meta.url));

/** A process that publishes or hears. It answers each time what it has done until then. */
export type Side = Readonly<{ ask: (asked: Asked) => Promise<Counted>; stop: () => void }>;

export async function openSide(url: string): Promise<Side> {
  const child = fork(run, [url]);
  const gone = once(child, 'exit').then(([code]) =>
    Promise.reject(new Error(`a side of the bench ended with ${code}`)),
  );
  gone.catch(() => undefined);
  const heard = async (): Promise<unknown> => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    child.once('message', resolve);
    return Promise.race([promise, gone]);
  };
  await heard();
  return {
    async ask(asked) {
      const answer = heard();
      child.send(asked);
      return (await answer) as Counted;
    },
    stop: () => void child.kill(),
  };
}
