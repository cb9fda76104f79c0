/** Works on all items in parallel and waits for all of them. Only then does it throw the first failure. */
export async function inParallel<T>(items: Iterable<T>, work: (item: T) => Promise<unknown>): Promise<void> {
  const outcomes = await Promise.allSettled([...items].map(work));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}
