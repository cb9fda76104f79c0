import { type CodeRules, dayMs, hourMs, type Lane } from './address-codes.ts';

/** Wrong codes of one lane within any hour. After them the right one is refused too, until the hour lets one go. */
export const failuresPerHour = 10;
/** After so many within a day one failure an hour is left: who guesses gets nowhere, and no lock lasts longer. */
export const failuresPerDay = 20;

/** Which bound of failures a lane has reached, and until when nobody may try. */
export type Bound = Readonly<{ over: 'hour' | 'day'; untilMs: number }>;

export function boundOf({ failedAtMs }: Pick<Lane, 'failedAtMs'>, nowMs: number): Bound | undefined {
  const ofHour = failedAtMs.filter((at) => at > nowMs - hourMs);
  const ofDay = failedAtMs.filter((at) => at > nowMs - dayMs);
  const lastMs = ofHour.at(-1);
  if (lastMs === undefined) return undefined;
  if (ofDay.length >= failuresPerDay) return { over: 'day', untilMs: lastMs + hourMs };
  const [firstMs] = ofHour.slice(-failuresPerHour);
  return ofHour.length < failuresPerHour || firstMs === undefined
    ? undefined
    : { over: 'hour', untilMs: firstMs + hourMs };
}

/** Until when no code of a lane would be accepted, so that none need be sent. `undefined` when one would be. */
export function closedUntilMs(lane: Lane, { triesMax }: CodeRules, nowMs: number): number | undefined {
  const { code, tries } = lane;
  if (code !== null && code.expiresAtMs > nowMs && tries >= triesMax) return code.expiresAtMs;
  return boundOf(lane, nowMs)?.untilMs;
}
