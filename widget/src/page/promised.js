/** A promise, and what resolves it. @template T */
export function promised() {
  /** @type {(value: T) => void} */
  let resolve = () => undefined;
  const promise = new Promise((/** @type {(value: T) => void} */ settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** How long the line stays open, with the microphone off, for words that the provider is still transcribing. */
const [lastWordsMs, lookMs] = [2_000, 50];

/** Resolves once nothing is awaited any more, or when it has taken too long. @param {() => boolean} isAwaited */
export async function whileAwaited(isAwaited) {
  for (let leftMs = lastWordsMs; leftMs > 0 && isAwaited(); leftMs -= lookMs)
    await new Promise((resolve) => setTimeout(resolve, lookMs));
}
