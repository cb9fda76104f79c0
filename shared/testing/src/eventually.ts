import { setTimeout as pause } from 'node:timers/promises';

/** Waits for something that is still starting. Throws the last error after twenty seconds. */
export async function eventually<T>(open: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await open();
    } catch (error) {
      if (tries === 200) throw error;
      await pause(100);
    }
  }
}
