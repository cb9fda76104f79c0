const key = 'vox-call';

/** A browser may keep nothing for a frame, and then throws (HTML §12.2.1). @template T @param {() => T} act */
function kept(act) {
  try {
    return act();
  } catch {
    return undefined;
  }
}

/**
 * Remembers in this tab that a call lives, so that a page that is loaded again can say that it ended. A call cannot go
 * on then: its line is gone with the page, and the provider takes no second one for the same call. Nothing but the fact
 * is kept.
 */
export const left = {
  begin: () => kept(() => sessionStorage.setItem(key, 'live')),
  over: () => kept(() => sessionStorage.removeItem(key)),
  /** Whether a call lived when the page before went away. It is asked once. */
  taken() {
    const was = kept(() => sessionStorage.getItem(key)) === 'live';
    left.over();
    return was;
  },
};
