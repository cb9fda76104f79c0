/**
 * Runs an act that may take what has the focus off the page, or hide it, and then gives the focus to the first of some
 * other elements that is there: who uses a keyboard would have to begin at the top of the page again.
 * @template {any[]} A
 * @param {readonly HTMLElement[]} others
 * @param {(...given: A) => void} act
 */
export const focusOn =
  (others, act) =>
  (/** @type {A} */ ...given) => {
    const held = document.activeElement;
    act(...given);
    if (held === null || (held.isConnected && held.closest('[hidden]') === null)) return;
    // The act may have given it to another by itself.
    const { activeElement } = document;
    if (activeElement !== held && activeElement !== document.body) return;
    others.find(({ hidden }) => !hidden)?.focus();
  };
