/** @typedef {Readonly<{day: string, sessions: number, seconds: number, tokens: number, micros: number}>} DayOfUse */

const dayMs = 86_400_000;

/** The day on which a moment falls in a zone, as `YYYY-MM-DD`. @param {string} zone @param {number} ms */
export function dayIn(zone, ms) {
  /** @type {Intl.DateTimeFormatOptions} */
  const form = { timeZone: zone, calendar: 'gregory', year: 'numeric', month: '2-digit', day: '2-digit' };
  const parts = new Intl.DateTimeFormat('en', form).formatToParts(ms);
  const of = (/** @type {string} */ type) => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year')}-${of('month')}-${of('day')}`;
}

/** A day as an address may hold it; empty for anything else. @param {string} text */
export const dayTyped = (text) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) ? text : '';

/** So many days after a day, or before it. @param {string} day @param {number} days */
export const dayAfter = (day, days) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/**
 * One row for each day of a range, also for those in which nothing was used, put together out of rows for each kind of
 * caller. A range without an end, or one that is longer than a question covers, has the days of the rows alone.
 * @param {readonly any[]} rows @param {string} from @param {string} to @returns {DayOfUse[]}
 */
export function perDay(rows, from, to) {
  const none = { sessions: 0, seconds: 0, tokens: 0, micros: 0 };
  /** @type {Map<string, DayOfUse>} */
  const days = new Map();
  for (let day = from; day <= to && days.size < 92; day = dayAfter(day, 1)) days.set(day, { day, ...none });
  for (const { day, sessions, seconds, tokens, micros } of rows) {
    const sum = days.get(day) ?? { day, ...none };
    days.set(day, {
      day,
      sessions: sum.sessions + sessions,
      seconds: sum.seconds + seconds,
      tokens: sum.tokens + tokens,
      micros: sum.micros + micros,
    });
  }
  return [...days.values()].sort((one, other) => (one.day < other.day ? -1 : 1));
}
