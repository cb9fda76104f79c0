import { finding, me } from '../state.js';

/** The keyboards of Apple have a key of their own for this. */
const isApple = () => /Mac|iPhone|iPad/.test(navigator.platform);

/** The keys that open and close the palette, as the keyboard shows them. */
export const chord = () => (isApple() ? '⌘ K' : 'Ctrl K');

/** @param {KeyboardEvent} event */
function press(event) {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  if (key.toLowerCase() !== 'k' || altKey || shiftKey || ctrlKey === metaKey || !me.peek()) return;
  event.preventDefault();
  // Another dialog asks for something: it is answered first.
  if (!finding.peek() && document.querySelector('dialog[open]') !== null) return;
  finding.value = !finding.peek();
}

/** Opens the palette, or closes it, at Ctrl K or ⌘ K, for whoever is signed in. */
export const listenToKeys = () => document.addEventListener('keydown', press);
