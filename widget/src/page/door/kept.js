/**
 * Asks the storage of a tab. A page in a sandbox has none, a browser may keep nothing for a frame, and both throw (HTML
 * §12.2.1): then nothing was kept.
 * @template T @param {() => T} act
 */
export function kept(act) {
  try {
    return act();
  } catch {
    return undefined;
  }
}
