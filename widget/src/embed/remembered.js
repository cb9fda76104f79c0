const name = 'vox:call';

/** A page in a sandbox has no storage, and forgets. @template T @param {() => T} act */
function kept(act) {
  try {
    return act();
  } catch {
    return undefined;
  }
}

/**
 * Whether there was a call when the page was loaded anew, in the storage of this tab. It is a flag and nothing else:
 * who reads it learns that somebody called. What a frame says while its page goes away is no news of its call.
 * @param {AbortSignal} signal
 */
export function callMemory(signal) {
  let isLeft = false;
  window.addEventListener('pagehide', () => void (isLeft = true), { signal });
  window.addEventListener('pageshow', () => void (isLeft = false), { signal });
  return {
    /** @param {boolean} isOn */
    keep(isOn) {
      if (!isLeft) kept(() => (isOn ? sessionStorage.setItem(name, 'on') : sessionStorage.removeItem(name)));
    },
    wasOn: () => kept(() => sessionStorage.getItem(name)) === 'on',
  };
}
