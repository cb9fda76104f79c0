/**
 * An utterance of one side, as far as it came. When it is final, nothing more of it comes.
 * @typedef {{ itemId: string, role: 'user' | 'assistant', text: string, final: boolean }} Caption
 */

/** How many are shown. Who talks longer than that scrolls back no further. */
const linesMax = 100;
/** So near to the end, in pixels, the reader wants to see what comes next. */
const nearPixels = 24;

/**
 * The captions of a call in a place of the page, an utterance a line.
 * @param {HTMLElement} place
 * @param {(role: Caption['role']) => string} nameOf
 */
export function captionsIn(place, nameOf) {
  /** @type {Map<string, { line: HTMLElement, said: HTMLElement, isFinal: boolean }>} */
  const lines = new Map();

  /** @param {Caption} caption */
  function begin({ itemId, role }) {
    const line = document.createElement('p');
    const name = document.createElement('b');
    const said = document.createElement('span');
    name.textContent = nameOf(role);
    // It may be of another script than the page.
    said.dir = 'auto';
    line.dataset.role = role;
    line.append(name, ' ', said);
    place.append(line);
    const begun = { line, said, isFinal: false };
    lines.set(itemId, begun);
    return begun;
  }

  function forgetOldest() {
    for (const [itemId, { line }] of lines) {
      if (lines.size <= linesMax) return;
      line.remove();
      lines.delete(itemId);
    }
  }

  return {
    /** Shows an utterance in the place of what was shown of it before. @param {Caption} caption */
    show(caption) {
      const known = lines.get(caption.itemId);
      // What was on its way for longer does not take back what is final.
      if (caption.text.trim() === '' || (known?.isFinal && !caption.final)) return;
      const wasAtEnd = place.scrollHeight - place.scrollTop - place.clientHeight <= nearPixels;
      const shown = known ?? begin(caption);
      shown.said.textContent = caption.text;
      shown.isFinal = caption.final;
      forgetOldest();
      if (wasAtEnd) place.scrollTop = place.scrollHeight;
    },
    clear() {
      lines.clear();
      place.replaceChildren();
    },
  };
}
