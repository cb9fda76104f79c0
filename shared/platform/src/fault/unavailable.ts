import { Fault } from './fault.ts';

/** Asks a dependency. Whatever it throws is told as Fault UNAVAILABLE, with what it threw as the private cause. */
export async function orUnavailable<R>(ask: () => Promise<R>): Promise<R> {
  try {
    return await ask();
  } catch (cause) {
    throw new Fault('UNAVAILABLE', {}, { cause });
  }
}
