import { CallRefusal, dayInZone, decisionDaysMax } from '@vox/contracts';

/**
 * What was decided of a tenant’s calls on one day (UTC), in one of several documents: by `granted` or the code of a
 * refusal, how often in each quarter of an hour that anything was. Each fact counts once: it stands here by a short
 * hash. Zones differ by whole quarters, so that any tenant’s own days can be read from it.
 */
export type CallDay = Readonly<{
  tenantId: string;
  day: string;
  counts: Readonly<Record<string, Readonly<Record<string, number>>>>;
  seen: readonly string[];
}>;

/** What was decided of a call: that it is granted, or why it is refused. */
export type What = 'granted' | CallRefusal;

/** One decision, or several of a kind that are told as one. */
export type Decided = Readonly<{ fact: string; what: What; count: number; atMs: number }>;

const dayMs = 86_400_000;
const quarterMs = 900_000;
/** A zone may be half a day behind or ahead, and what happened late is heard a little later. */
const keptMs = (decisionDaysMax + 2) * dayMs;

const granted = 'granted';

/** The reason for a refusal by its code, which a later version may have made. */
export function reasonOf(code: string): CallRefusal {
  const known = CallRefusal.safeParse(code);
  return known.success ? known.data : 'OTHER';
}

export const utcDayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const beginOf = (day: string): number => Date.parse(`${day}T00:00:00.000Z`);

export const callDayDueAtMs = ({ day }: CallDay): number => beginOf(day) + keptMs;

/** The day with one more decision, or the same day where its fact is counted. */
export function withDecided(day: CallDay, { fact, what, count, atMs }: Decided): CallDay {
  if (day.seen.includes(fact)) return day;
  const quarter = String(Math.floor((atMs - beginOf(day.day)) / quarterMs));
  const before = day.counts[what] ?? {};
  const counts = { ...day.counts, [what]: { ...before, [quarter]: (before[quarter] ?? 0) + count } };
  return { ...day, counts, seen: [...day.seen, fact] };
}

/** The days of a zone up to the one that holds a moment, the oldest first. */
export function daysUpTo(timeZone: string, nowMs: number, days: number): string[] {
  const today = beginOf(dayInZone(timeZone, nowMs));
  return Array.from({ length: days }, (_, n) => utcDayOf(today - (days - 1 - n) * dayMs));
}

/** The days (UTC) that may hold something of days of any zone. */
export const utcDaysOf = (days: readonly string[]): string[] => [
  ...new Set(days.flatMap((day) => [-1, 0, 1].map((n) => utcDayOf(beginOf(day) + n * dayMs)))),
];

export type DayOfDecisions = Readonly<{
  day: string;
  granted: number;
  refused: number;
  reasons: { code: CallRefusal; count: number }[];
}>;

/** What was decided on each of these days of a zone. */
export function decisionsByDay(found: readonly CallDay[], timeZone: string, days: readonly string[]): DayOfDecisions[] {
  const sums = new Map(days.map((day) => [day, new Map<string, number>()]));
  for (const { day, counts } of found)
    for (const [what, quarters] of Object.entries(counts))
      for (const [quarter, count] of Object.entries(quarters)) {
        const sum = sums.get(dayInZone(timeZone, beginOf(day) + Number(quarter) * quarterMs));
        sum?.set(what, (sum.get(what) ?? 0) + count);
      }
  return [...sums].map(([day, sum]) => {
    const reasons = [...sum]
      .flatMap(([code, count]) => (code === granted ? [] : [{ code: reasonOf(code), count }]))
      .sort(byCount);
    const refused = reasons.reduce((total, { count }) => total + count, 0);
    return { day, granted: sum.get(granted) ?? 0, refused, reasons };
  });
}

type Reason = Readonly<{ code: string; count: number }>;
const byCount = (a: Reason, b: Reason): number => b.count - a.count || (a.code < b.code ? -1 : 1);
