/**
 * What a visitor does outside of the frame: it presses the button, or Escape. The second press of a double click is no
 * wish of its own, and an Escape that the page took for itself is not meant for the widget.
 * @param {HTMLButtonElement} button
 * @param {{ signal: AbortSignal, press: () => void, leave: () => void }} wanted
 */
export function whenWished(button, { signal, press, leave }) {
  button.addEventListener('click', ({ detail }) => {
    if (detail <= 1) press();
  });
  const onKey = (/** @type {KeyboardEvent} */ { key, defaultPrevented, isComposing }) => {
    if (key === 'Escape' && !defaultPrevented && !isComposing) leave();
  };
  window.addEventListener('keydown', onKey, { signal });
}
