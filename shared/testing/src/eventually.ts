import { setTimeout as pause } from 'node:timers/promises';

/** Waits for something that is still starting, ten tries a second. Throws the last error, after twenty seconds. */
export async function eventually<T>(open: () => Promise<T>, triesMax = 200): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await open();
    } catch (error) {
      if (tries === triesMax) throw error;
      await pause(100);
    }
  }
}
