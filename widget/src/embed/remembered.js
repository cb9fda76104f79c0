import { kept } from '../page/door/kept.js';

const name = 'vox:call';

/**
 * Whether there was a call when the page was loaded anew, in the storage of this tab. It is a flag and nothing else:
 * who reads it learns that somebody called. What a frame says while its page goes away is no news of its call.
 * @param {AbortSignal} signal
 */
export function callMemory(signal) {
  let isLeft = false;
  window.addEventListener('pagehide', () => void (isLeft = true), { signal });
  window.addEventListener('pageshow', () => void (isLeft = false), { signal });
  /** @param {boolean} isOn */
  function keep(isOn) {
    if (!isLeft) kept(() => (isOn ? sessionStorage.setItem(name, 'on') : sessionStorage.removeItem(name)));
  }
  return {
    keep,
    /** Whether there was one. It is asked once: a visitor who lets it be is not reminded on the next page. */
    taken() {
      const was = kept(() => sessionStorage.getItem(name)) === 'on';
      keep(false);
      return was;
    },
  };
}
