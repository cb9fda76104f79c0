import { InvalidArgumentError } from 'commander';

export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('must be a whole number.');
  return Number(text);
}

/** Reads an amount that is larger than other numbers, such as of micro-dollars. */
export function largeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('must be a whole number.');
  return Number(text);
}

/** Reads a day of some calendar, such as the tenant's own. */
export function day(text: string): string {
  const isOne = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
  if (!isOne) throw new InvalidArgumentError('must be a day, such as 2026-05-01.');
  return text;
}

/** Reads a day or a moment, in UTC unless it names an offset. */
export function moment(text: string): string {
  const isOne = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/.test(text);
  const time = new Date(/T.*[^Z]$/.test(text) && !/[+-]\d{2}:\d{2}$/.test(text) ? `${text}Z` : text);
  if (!isOne || Number.isNaN(time.getTime()))
    throw new InvalidArgumentError('must be a day or a moment, such as 2026-05-01 or 2026-05-01T12:00:00Z.');
  return time.toISOString();
}
