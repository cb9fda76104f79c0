/** One page of a list, and from where to go on. */
type Page<T, P> = Readonly<{ rows: readonly T[]; next: P | null }>;

/** Reads a list to its end, page by page. */
export async function everyPage<T, P extends string | number>(
  read: (after: P | undefined) => Promise<Page<T, P>>,
): Promise<readonly T[]> {
  const found: T[] = [];
  for (let after: P | undefined; ; ) {
    const { rows, next } = await read(after);
    found.push(...rows);
    if (next === null) return found;
    after = next;
  }
}
