/** How numbers, money and times are written: in a language, and times in a zone. */

/** @param {string} locale @param {number} value */
export const written = (locale, value) => new Intl.NumberFormat(locale).format(value);

/** Dollars of micro-dollars. @param {string} locale @param {number} micros */
export const dollars = (locale, micros) =>
  new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD', maximumFractionDigits: 4 }).format(
    micros / 1_000_000,
  );

/** Hours, minutes and seconds, such as `1:02:03` or `2:03`. @param {number} seconds */
export function duration(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (/** @type {number} */ part) => String(part).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** A moment with its zone. @param {string} locale @param {string} zone @param {string} at ISO 8601 */
export const moment = (locale, zone, at) =>
  new Intl.DateTimeFormat(locale, {
    ...{ year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' },
    timeZone: zone,
    timeZoneName: 'short',
  }).format(new Date(at));

/** @param {string} locale @param {string} day `YYYY-MM-DD`, which is a day and no moment */
export const calendarDay = (locale, day) =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));

/** An amount of a limit in its own unit. @param {string} locale @param {string} limit @param {number} value */
export function amount(locale, limit, value) {
  if (limit.startsWith('micros')) return dollars(locale, value);
  return limit.startsWith('seconds') ? duration(value) : written(locale, value);
}

/** How far off a moment is, such as “in 3 days”. @param {string} locale @param {string} at @param {number} nowMs */
export function fromNow(locale, at, nowMs) {
  const seconds = (Date.parse(at) - nowMs) / 1000;
  /** @type {readonly [Intl.RelativeTimeFormatUnit, number][]} */
  const units = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ];
  const [unit, size] = units.find(([, each]) => Math.abs(seconds) >= each) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.trunc(seconds / size), unit);
}

/** What a person types into a field of date and time, which is local time, as an ISO moment. @param {string} typed */
export const momentTyped = (typed) => (typed === '' ? undefined : new Date(typed).toISOString());
