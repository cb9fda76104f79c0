import { setTimeout as pause } from 'node:timers/promises';

/** How a server is asked to read its configuration again, and where it says when it did. */
export type Reload = Readonly<{
  /** Address of the server's monitor, such as http://nats:8222. */
  monitorUrl: string;
  /** Sends the server SIGHUP. */
  signal: () => void;
  /** How long the server may take. */
  patienceMs: number;
}>;

const betweenLooksMs = 100;

/** When the server last read its configuration, by its own word. Throws when the monitor does not answer. */
async function readAt(monitorUrl: string): Promise<string> {
  const response = await fetch(new URL('/varz', monitorUrl), { signal: AbortSignal.timeout(2_000) });
  const { config_load_time: at } = (await response.json()) as { config_load_time?: unknown };
  if (typeof at !== 'string') throw new Error(`${monitorUrl} does not say when the server read its configuration`);
  return at;
}

/**
 * Lets a NATS server read its configuration again: rights, nkeys and certificates change without a restart, and no
 * connection ends but of users that are no longer there. Throws when the server keeps what it had, as it does with a
 * file that it cannot use.
 */
export async function reloadNats({ monitorUrl, signal, patienceMs }: Reload): Promise<void> {
  const before = await readAt(monitorUrl);
  signal();
  const untilMs = performance.now() + patienceMs;
  while ((await readAt(monitorUrl)) === before) {
    if (performance.now() > untilMs)
      throw new Error('the NATS server kept its old configuration: its log says what it cannot use in the new one');
    await pause(betweenLooksMs);
  }
}
