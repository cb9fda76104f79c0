import type { Amount, Measure, Period } from '@vox/contracts';
import { minus, nothing } from './amount.ts';
import type { Caps } from './caps.ts';

/** A share of a limit that the booked amount has passed. `credited` is what was booked and counts no longer. */
export type Crossing = Readonly<{
  period: Period;
  measure: Measure;
  percent: 50 | 80 | 100;
  limit: number;
  credited?: number | undefined;
}>;

type Totals = Readonly<{ settled: Amount; credit?: Amount | undefined }>;
type Booked = Readonly<{
  month: Totals;
  days: Readonly<Record<string, Totals>>;
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
 * so its thresholds are published again; and after a reset the count begins anew, and so do they.
 */
export function crossings(booked: Booked, caps: Caps, day: string): Readonly<{ crossed: Crossing[]; told: string[] }> {
  const passed = (['day', 'month'] as const).flatMap((period) => {
    const totals = period === 'day' ? booked.days[day] : booked.month;
    const used = totals && minus(totals.settled, totals.credit ?? nothing);
    return measures.flatMap(([measure, of]) => {
      const limit = caps[period][of];
      if (used === undefined || !Number.isFinite(limit) || limit === 0) return [];
      return percents
        .filter((percent) => used[of] * 100 >= limit * percent)
        .map((percent) => ({ period, measure, percent, limit, ...creditOf(totals, of) }));
    });
  });
  const crossed = passed.filter((each) => !booked.told.includes(thresholdName(each, day)));
  return { crossed, told: [...booked.told, ...crossed.map((each) => thresholdName(each, day))] };
}

const creditOf = (totals: Totals | undefined, of: keyof Amount): Pick<Crossing, 'credited'> => {
  const credited = totals?.credit?.[of] ?? 0;
  return credited === 0 ? {} : { credited };
};

/** What a threshold is told by, once, within its budget. */
const thresholdName = ({ period, measure, percent, limit, credited }: Crossing, day: string): string =>
  [period === 'day' ? day : 'month', measure, percent, limit, ...(credited === undefined ? [] : [credited])].join(' ');
