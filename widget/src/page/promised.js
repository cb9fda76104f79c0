/** A promise, and what resolves it. @template T */
export function promised() {
  /** @type {(value: T) => void} */
  let resolve = () => undefined;
  const promise = new Promise((/** @type {(value: T) => void} */ settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
