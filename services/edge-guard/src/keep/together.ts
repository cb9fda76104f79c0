/**
 * Asks for many in one go: whatever is asked in one turn of the event loop, up to `most`, leaves together. Nobody waits for others to come, and a lone
 * one leaves at the end of its turn. What fails, fails for all that were asked together.
 */
export function together<A, R>(most: number, ask: (asked: readonly A[]) => Promise<readonly R[]>) {
  type Waiting = { asked: A; resolve: (answer: R) => void; reject: (error: unknown) => void };
  let waiting: Waiting[] = [];
  const leave = (): void => {
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    ask(batch.map(({ asked }) => asked)).then(
      (answers) => {
        for (const [index, { resolve }] of batch.entries()) resolve(answers[index] as R);
      },
      (error) => {
        for (const { reject } of batch) reject(error);
      },
    );
  };
  return (asked: A): Promise<R> =>
    new Promise((resolve, reject) => {
      waiting.push({ asked, resolve, reject });
      if (waiting.length === 1) setImmediate(leave);
      else if (waiting.length >= most) leave();
    });
}
