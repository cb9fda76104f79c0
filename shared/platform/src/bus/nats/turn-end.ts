/**
 * Waits for the end of this turn of the event loop, together with everybody else who waits. What they send then leaves
 * in one write to the socket: a write costs more than the bytes in it.
 */
export function turnEnd(): () => Promise<void> {
  let end: Promise<void> | undefined;
  return () => {
    end ??= new Promise((resolve) => {
      setImmediate(() => {
        end = undefined;
        resolve();
      });
    });
    return end;
  };
}
