/** Works on each, side by side, to the end of all of them; only then throws what the first that failed threw. */
export async function inParallel<T>(items: Iterable<T>, work: (item: T) => Promise<unknown>): Promise<void> {
  const outcomes = await Promise.allSettled([...items].map(work));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}
