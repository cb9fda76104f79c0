/**
 * Waits for the end of this turn of the event loop, together with everybody else who waits: what they then send one after the other leaves in one
 * write to the socket. A write costs more than what is written.
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
