type BatcherOptions = Readonly<{
  /** So many are asked for at once, and no more. */
  sizeMax: number;
  /** How long newcomers wait for the answer under way before they are asked for too. */
  waitMs: number;
}>;

/**
 * Asks for many keys in one request. A single key leaves at the end of its turn of the event loop, with all others of
 * that turn. Keys that come while an answer is awaited leave together when it arrives. So the busier it is, the more
 * keys share one write to the socket. A failed request fails for all of its keys.
 */
export function batcher<A, R>(
  { sizeMax, waitMs }: BatcherOptions,
  ask: (asked: readonly A[]) => Promise<readonly R[]>,
) {
  type Waiting = { asked: A; resolve: (answer: R) => void; reject: (error: unknown) => void };
  let waiting: Waiting[] = [];
  let underWay = 0;
  let waited: NodeJS.Timeout | undefined;

  const leave = (): void => {
    clearTimeout(waited);
    const batch = waiting;
    waiting = [];
    if (batch.length > 0) void answer(batch);
  };
  async function answer(batch: readonly Waiting[]): Promise<void> {
    underWay += 1;
    try {
      const answers = await ask(batch.map(({ asked }) => asked));
      for (const [index, { resolve }] of batch.entries()) resolve(answers[index] as R);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
    underWay -= 1;
    leave();
  }

  return (asked: A): Promise<R> =>
    new Promise((resolve, reject) => {
      waiting.push({ asked, resolve, reject });
      if (waiting.length >= sizeMax) leave();
      else if (waiting.length > 1) return;
      else if (underWay === 0) setImmediate(leave);
      else waited = setTimeout(leave, waitMs);
    });
}
