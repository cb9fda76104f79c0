/** Several rows, each in its own order, as one row in that order. A row is read no further than it is needed. */
export async function* merged<T>(
  rows: readonly AsyncIterable<T>[],
  isBefore: (one: T, other: T) => boolean,
): AsyncGenerator<T> {
  const reading = rows.map((row) => row[Symbol.asyncIterator]());
  const heads = await Promise.all(reading.map((row) => row.next()));
  for (;;) {
    let first = -1;
    for (const [n, head] of heads.entries()) {
      const least = heads[first];
      if (head.done !== true && (least === undefined || isBefore(head.value, least.value))) first = n;
    }
    const [row, head] = [reading[first], heads[first]];
    if (row === undefined || head === undefined) return;
    yield head.value;
    heads[first] = await row.next();
  }
}
