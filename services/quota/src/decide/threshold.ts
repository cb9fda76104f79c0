import type { Amount, Measure, Period } from '@vox/contracts';
import type { Caps } from './caps.ts';

/** A share of a limit that the booked amount has passed. */
export type Crossing = Readonly<{ period: Period; measure: Measure; percent: 50 | 80 | 100; limit: number }>;

type Booked = Readonly<{
  month: { settled: Amount };
  days: Readonly<Record<string, { settled: Amount }>>;
  told: readonly string[];
}>;

const percents = [50, 80, 100] as const;
const measures: readonly (readonly [Measure, keyof Amount])[] = [
  ['tokens', 'tokens'],
  ['dollars', 'micros'],
  ['minutes', 'seconds'],
];

/**
 * Thresholds that the booked amount has passed and that were not published yet. Reservations do not count: they are a
 * worst case, and people stop listening to an alarm that the end of a call takes back. A raised limit is a new limit,
 * so its thresholds are published again.
 */
export function crossings(booked: Booked, caps: Caps, day: string): Readonly<{ crossed: Crossing[]; told: string[] }> {
  const passed = (['day', 'month'] as const).flatMap((period) => {
    const used = period === 'day' ? booked.days[day]?.settled : booked.month.settled;
    return measures.flatMap(([measure, of]) => {
      const limit = caps[period][of];
      if (used === undefined || !Number.isFinite(limit) || limit === 0) return [];
      return percents
        .filter((percent) => used[of] * 100 >= limit * percent)
        .map((percent) => ({ period, measure, percent, limit }));
    });
  });
  const nameOf = ({ period, measure, percent, limit }: Crossing): string =>
    [period === 'day' ? day : 'month', measure, percent, limit].join(' ');
  const crossed = passed.filter((each) => !booked.told.includes(nameOf(each)));
  return { crossed, told: [...booked.told, ...crossed.map(nameOf)] };
}
