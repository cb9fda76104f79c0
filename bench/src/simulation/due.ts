/** What is due, the earliest first. Of two at one moment the one that was added first comes first. */
export type Due<T> = Readonly<{
  add: (at: number, what: T) => void;
  /** Takes the earliest out, with its moment; `undefined` when nothing is due any more. */
  take: () => Readonly<{ at: number; what: T }> | undefined;
  size: () => number;
}>;

type Entry<T> = Readonly<{ at: number; order: number; what: T }>;
const isBefore = (one: Entry<unknown>, other: Entry<unknown>): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order);

/** A binary heap. */
export function due<T>(): Due<T> {
  const heap: Entry<T>[] = [];
  let order = 0;
  return {
    add(at, what) {
      const added = { at, order, what };
      order += 1;
      let place = heap.length;
      heap.push(added);
      for (;;) {
        const above = (place - 1) >> 1;
        const parent = heap[above];
        if (place === 0 || parent === undefined || !isBefore(added, parent)) break;
        heap[place] = parent;
        place = above;
      }
      heap[place] = added;
    },
    take() {
      const [first] = heap;
      const last = heap.pop();
      if (first === undefined || last === undefined) return undefined;
      if (heap.length > 0) sink(heap, last);
      return first;
    },
    size: () => heap.length,
  };
}

/** Puts an entry in the place of the first and lets it sink to where it belongs. */
function sink<T>(heap: Entry<T>[], entry: Entry<T>): void {
  let place = 0;
  for (;;) {
    let below = 2 * place + 1;
    const [left, right] = [heap[below], heap[below + 1]];
    if (left === undefined) break;
    let least = left;
    if (right !== undefined && isBefore(right, left)) [least, below] = [right, below + 1];
    if (!isBefore(least, entry)) break;
    heap[place] = least;
    place = below;
  }
  heap[place] = entry;
}
