/** Times in milliseconds, kept as counts: classes that grow by two per cent from a microsecond on. */
export type Times = Readonly<{
  add: (ms: number) => void;
  count: () => number;
  mean: () => number;
  /** The time that so many per cent did not exceed, as the end of its class. */
  percentile: (percent: number) => number;
}>;

const growth = Math.log(1.02);
const leastMs = 0.001;

export function times(): Times {
  const classes: number[] = [];
  let [count, sum] = [0, 0];
  return {
    add(ms) {
      const at = ms <= leastMs ? 0 : Math.ceil(Math.log(ms / leastMs) / growth);
      classes[at] = (classes[at] ?? 0) + 1;
      count += 1;
      sum += ms;
    },
    count: () => count,
    mean: () => (count === 0 ? 0 : sum / count),
    percentile(percent) {
      let left = (count * percent) / 100;
      for (let at = 0; at < classes.length; at += 1) {
        left -= classes[at] ?? 0;
        if (left <= 0) return at === 0 ? 0 : leastMs * Math.exp(at * growth);
      }
      return 0;
    },
  };
}
