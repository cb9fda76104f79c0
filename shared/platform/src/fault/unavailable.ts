import { Fault } from './fault.ts';

/** Asks a dependency. Whatever it throws becomes Fault UNAVAILABLE, with the thrown error as the private cause. */
export async function orUnavailable<R>(ask: () => Promise<R>): Promise<R> {
  try {
    return await ask();
  } catch (cause) {
    throw new Fault('UNAVAILABLE', {}, { cause });
  }
}
