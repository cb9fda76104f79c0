import { Fault } from '../fault/mod.ts';

/** What the work gives, or Fault UNAVAILABLE once the time is over. The work itself goes on. */
export async function before<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new Fault('UNAVAILABLE', {}, { cause: new Error('no answer in time') })),
    timeoutMs,
  );
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
