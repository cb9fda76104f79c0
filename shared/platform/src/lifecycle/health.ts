import { Reason } from '../fault/mod.ts';
import { dependencyUp, type Log } from '../telemetry/mod.ts';
import { repeat } from '../time/mod.ts';
import type { Readiness } from './private-port.ts';

export type Dependency = Readonly<{
  name: string;
  /** Hosts and ports, without credentials. */
  tried: string;
  /** Probes the dependency. It is down when the probe fails, answers false, or takes too long. */
  ask: () => Promise<unknown>;
  /** Whether the service takes no work while this dependency is down. */
  needed: boolean;
  /** What is wrong with it, in words, for /readyz. */
  says?: () => string | undefined;
}>;

export type Health = Readonly<{
  watch: (dependency: Dependency) => void;
  /** The readiness checks, by name. They answer within a second, even when a dependency hangs. */
  needed: () => Promise<Readonly<Record<string, Readiness>>>;
  stop: () => Promise<void>;
}>;

const everyMs = 2_000;
/** The longest time that a readiness check waits. */
const answerMs = 900;

/**
 * Watches the dependencies of a service, and logs when one stops answering and when it is back, even while no request
 * needs it. A dependency that hangs is not probed again until it has answered.
 */
export function watchHealth(log: Log, pauseMs = everyMs): Health {
  const watched: (Dependency & { look: () => Promise<boolean> })[] = [];
  const unwatch: (() => void)[] = [];
  const looking = repeat(
    pauseMs,
    () => Promise.all(watched.map(({ look }) => look())),
    (error) => log.warn({ error }, 'watching the dependencies failed'),
  );
  return {
    watch(dependency) {
      const { name } = dependency;
      let up = true;
      const asking = oneAtOnce(dependency.ask);
      const look = async (): Promise<boolean> => {
        try {
          await inTime(asking());
          up = true;
          log.answered(name, dependency.tried);
        } catch (error) {
          up = false;
          log.warn({ dependency: name, tried: dependency.tried, error }, 'a dependency does not answer');
        }
        return up;
      };
      watched.push({ ...dependency, look });
      unwatch.push(dependencyUp.watch({ dependency: name }, () => (up ? 1 : 0)));
    },
    needed: async () =>
      Object.fromEntries(
        await Promise.all(
          watched
            .filter(({ needed }) => needed)
            .map(async ({ name, look, says }) => [name, (await look()) || (says?.() ?? false)] as const),
        ),
      ),
    async stop() {
      for (const each of unwatch) each();
      await looking.stop();
    },
  };
}

function oneAtOnce(ask: () => Promise<unknown>): () => Promise<void> {
  let under: Promise<void> | undefined;
  return () => {
    under ??= ask()
      .then((answer) => {
        if (answer === false) throw new Reason('it does not answer');
      })
      .finally(() => {
        under = undefined;
      });
    return under;
  };
}

async function inTime(asked: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Reason('it does not answer in time')), answerMs);
  });
  try {
    await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}
