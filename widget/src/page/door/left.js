import { kept } from './kept.js';

const key = 'vox-call';

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
