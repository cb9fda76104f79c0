import type { Operator } from '../reach/operator.ts';

const everyMs = 1_000;

/**
 * Says how far long work has come, at most once a second and to a terminal alone: the answer of a script needs no lines
 * beside it. `total` may be unknown.
 */
export function progressOf(
  { note, isTerminal = false }: Pick<Operator, 'note' | 'isTerminal'>,
  total: number | undefined,
  what: string,
): (more: number) => void {
  let done = 0;
  let saidMs = performance.now();
  return (more) => {
    done += more;
    const nowMs = performance.now();
    if (!isTerminal || nowMs - saidMs < everyMs) return;
    saidMs = nowMs;
    note(total === undefined ? `${done} ${what}` : `${done} of ${total} ${what}`);
  };
}
