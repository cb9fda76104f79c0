import { whatBroke } from '@vox/platform/telemetry';
import type { Reading, Unread } from '../facts.ts';

export const notGiven = (mend: string): Unread => ({ unread: 'not given', says: 'nobody said where it is', mend });

/** What an error says, in our own words: a driver's may hold a password. */
export const saysOf = (error: unknown, dependency: string): string =>
  whatBroke(error, dependency)?.says ?? 'it failed in a way that is not known here';

/** Reads a part, or says why that was not possible. It never throws. */
export async function attempt<T>(dependency: string, read: () => Promise<T>): Promise<Reading<T>> {
  try {
    return { read: await read() };
  } catch (error) {
    const known = whatBroke(error, dependency);
    const says = saysOf(error, dependency);
    const isRefused = /no right|lets nobody in|may not do this|password/.test(says);
    const mend = `Check ${known?.check ?? 'whether it runs, and its address'}.`;
    return { unread: isRefused ? 'refused' : 'silent', says, mend };
  }
}

/** A part whose place may be left out. */
export const ifGiven = <P, T>(
  place: P | undefined,
  dependency: string,
  mend: string,
  read: (place: P) => Promise<T>,
): Promise<Reading<T>> =>
  place === undefined ? Promise.resolve(notGiven(mend)) : attempt(dependency, () => read(place));

const loopback = /^(?:localhost|127(?:\.\d+){3}|\[?::1\]?)$/;
export const isLoopbackHost = (host: string): boolean => loopback.test(host);

/** How far another clock is ahead of ours. The answer was written between the question and its arrival. */
export async function clockOf<T>(of: string, ask: () => Promise<T>, timeOf: (answer: T) => number) {
  const [askedAtMs, startedMs] = [Date.now(), performance.now()];
  const answer = await ask();
  const halfMs = (performance.now() - startedMs) / 2;
  return { answer, clock: { of, aheadMs: timeOf(answer) - (askedAtMs + halfMs), uncertaintyMs: halfMs } };
}
