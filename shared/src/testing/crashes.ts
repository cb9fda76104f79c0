/** Steps of a store at which a property test crashes, counted over all of them. */
export type Crashes = Readonly<{ step: () => void; over: () => void }>;

export function crashes(at: readonly number[]): Crashes {
  const due = new Set(at);
  let count = 0;
  return {
    step() {
      count += 1;
      if (due.has(count)) throw new Error('crash');
    },
    over: () => due.clear(),
  };
}
