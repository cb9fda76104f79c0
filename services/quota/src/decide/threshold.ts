import type { Amount, Measure, Period } from '@vox/contracts';

export type Crossing = Readonly<{ period: Period; measure: Measure; percent: 50 | 80 | 100; limit: number }>;

type Booked = Readonly<{
  month: { settled: Amount };
  days: Readonly<Record<string, { settled: Amount }>>;
  told: readonly string[];
}>;
type Caps = Readonly<Record<Period, Amount>>;

const percents = [50, 80, 100] as const;
const measures: readonly (readonly [Measure, keyof Amount])[] = [
  ['tokens', 'tokens'],
  ['dollars', 'micros'],
  ['minutes', 'seconds'],
];

/**
 * Thresholds that what is booked has passed and nobody was told of. Reservations do not count: they are a worst case, and an alarm
 * that a call's end takes back teaches people not to listen. A raised limit is a new limit, so its thresholds are told again.
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
