const minuteMs = 60_000;
/**
 * Wrong codes that a member may give. Three of a million codes are good at a time, so a guesser who has the mailbox and
 * never rests gets in once in some forty-five years (NIST SP 800-63B §5.2.2 asks for a limit, and for one that is not
 * above a hundred in a row).
 */
export const triesAllowed = [
  { most: 5, withinMs: 60 * minuteMs },
  { most: 20, withinMs: 24 * 60 * minuteMs },
] as const;

/** Until when no code is looked at, or `undefined` where one is. Failures are in the order in which they came. */
export function blockedUntilMs(failuresMs: readonly number[], nowMs: number): number | undefined {
  const ends = triesAllowed.map(({ most, withinMs }) => (failuresMs.at(-most) ?? Number.NEGATIVE_INFINITY) + withinMs);
  const endMs = Math.max(...ends);
  return endMs > nowMs ? endMs : undefined;
}

/** The failures that still count, with one of now. */
export const withFailure = (failuresMs: readonly number[], nowMs: number): number[] =>
  [...failuresMs, nowMs].slice(-triesAllowed[1].most);
