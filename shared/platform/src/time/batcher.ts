type BatcherOptions = Readonly<{
  /** So many are asked for at once, and no more. */
  sizeMax: number;
  /**
   * How long those who come meanwhile wait, at sizeMax, for the answer to what is under way: then they are asked for
   * too.
   */
  waitMs: number;
}>;

/**
 * Asks for many in one go. A lone one leaves at the end of its turn of the event loop, with all that came in that turn;
 * those who come while an answer is awaited leave together when it is there. So the busier it is, the more leave in one
 * write to the socket. What fails, fails for all that were asked together.
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
