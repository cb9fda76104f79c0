const formats = new Map<string, Intl.DateTimeFormat>();

/** What writes days of a zone. To make one is slow, and zones are few. Throws RangeError for what is no zone. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  formats.set(timeZone, made);
  return made;
}

/** The calendar day of a moment in an IANA zone, as YYYY-MM-DD. */
export const dayInZone = (timeZone: string, atMs: number): string => formatOf(timeZone).format(atMs);
