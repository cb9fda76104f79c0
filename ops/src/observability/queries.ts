import type { Query } from './grafana.ts';

const window = '$__rate_interval';
const legendOf = (by: string): string => by.replaceAll(/\w+/g, '{{$&}}');

/** How often something happens, in a second. */
export const rate = (metric: string, by: string, legend = legendOf(by)): Query => ({
  expr: `sum by (${by}) (rate(${metric}[${window}]))`,
  legend,
});

/** A recorded share over a short and a long time. */
export const overWindows = (recorded: string): Query[] => [
  { expr: `${recorded}_rate5m`, legend: '5 minutes' },
  { expr: `${recorded}_rate1h`, legend: 'an hour' },
];

/** The times within which half and 99 of a hundred are done. */
export const percentiles = (histogram: string, by: string): Query[] =>
  [0.5, 0.99].map((share) => ({
    expr: `histogram_quantile(${share}, sum by (${by}, le) (rate(${histogram}_bucket[${window}])))`,
    legend: `${legendOf(by)} p${share * 100}`,
  }));

/** The part of a histogram that lies above one of its bounds. */
export const shareAbove = (histogram: string, bound: number, by: string): Query => ({
  expr: `1 - sum by (${by}) (rate(${histogram}_bucket{le="${bound}"}[${window}])) / (sum by (${by}) (rate(${histogram}_count[${window}])) > 0)`,
  legend: legendOf(by),
});

/** The part of a counter that some labels select. */
export const share = (counter: string, matching: string, legend: string): Query => ({
  expr: `(sum(rate(${counter}{${matching}}[${window}])) or vector(0)) / (sum(rate(${counter}[${window}])) > 0)`,
  legend,
});

/** The largest of what all copies show. */
export const most = (gauge: string, by: string): Query => ({ expr: `max by (${by}) (${gauge})`, legend: legendOf(by) });
/** The sum over all copies. */
export const total = (gauge: string, legend: string): Query => ({ expr: `sum(${gauge})`, legend });
/** The sum over all copies, for each value of a label. */
export const sumBy = (gauge: string, by: string): Query => ({
  expr: `sum by (${by}) (${gauge})`,
  legend: legendOf(by),
});
