/**
 * The amount of a limit in its own unit, of what a person types: dollars become micro-dollars, and minutes seconds.
 * @param {string} limit @param {string} typed
 */
export function amountTyped(limit, typed) {
  const value = Number(typed);
  if (limit.startsWith('micros')) return Math.round(value * 1_000_000);
  return Math.round(limit.startsWith('seconds') ? value * 60 : value);
}
