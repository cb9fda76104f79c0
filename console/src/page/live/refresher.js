/**
 * What a screen shows that may change: of which resources, and of which one alone where it shows one.
 * @typedef {Readonly<{resources: readonly string[], id?: string}>} Shows
 */
/**
 * Something changed, or all is to be asked anew.
 * @typedef {Readonly<{kind: 'anew'}> | Readonly<{kind: 'changed', resource: string, id: string}>} Change
 */

/** A list is asked anew so often at most, in milliseconds. */
export const refreshEveryMs = 10_000;
/** How long after a notice it is asked at the earliest: other services may still be writing what they heard. */
export const settleMs = 1_000;

/** @param {Shows} shows @param {Change} change */
export const concerns = ({ resources, id }, change) =>
  change.kind === 'anew' || (resources.includes(change.resource) && (id === undefined || id === change.id));

/**
 * Says when a list that was asked is asked anew by itself: once for all that changed meanwhile, not more often than
 * every ten seconds, and not while nobody looks at the page.
 * @param {{again: () => void, now?: () => number, isHidden: () => boolean}} given
 */
export function refresher({ again, now = Date.now, isHidden }) {
  let askedAtMs = now();
  let isDue = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function plan() {
    if (!isDue || timer !== undefined || isHidden()) return;
    const waitMs = Math.max(settleMs, askedAtMs + refreshEveryMs - now());
    timer = setTimeout(() => {
      timer = undefined;
      if (!isDue || isHidden()) return;
      again();
    }, waitMs);
  }
  return {
    /** Something that is shown changed. */
    changed() {
      isDue = true;
      plan();
    },
    /** Somebody looks at the page again. */
    seen: plan,
    /** The list was asked, by whomever. */
    asked() {
      [askedAtMs, isDue] = [now(), false];
      clearTimeout(timer);
      timer = undefined;
    },
    stop() {
      isDue = false;
      clearTimeout(timer);
    },
  };
}
