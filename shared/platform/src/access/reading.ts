import { digest } from '../crypto/mod.ts';

/** Readings of one list that leave one entry in the audit log: the id of its act, and the end of its time. */
export type Reading = Readonly<{ id: string; untilMs: number }>;

const lastsMs = 600_000;

/**
 * The reading that a login or an API key does now. Whoever reads one list again within the same ten minutes of the
 * clock, as a screen does that keeps itself up to date, does the same reading; another login, another list or another
 * filter is another one. `list` names all that narrows what is read. `undefined` for whoever showed no credential: the
 * operator of the installation reads by hand.
 */
export function readingOf(
  credential: string | undefined,
  list: readonly unknown[],
  nowMs: number,
): Reading | undefined {
  if (credential === undefined) return undefined;
  const untilMs = (Math.floor(nowMs / lastsMs) + 1) * lastsMs;
  return { id: `read:${digest(credential, JSON.stringify(list), String(untilMs))}`, untilMs };
}
