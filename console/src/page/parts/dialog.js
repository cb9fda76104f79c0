import { useEffect, useId, useRef } from 'preact/hooks';
import { html } from '../html.js';
import { t } from '../words.js';

/**
 * Puts the focus where it was before a dialog, or at the head of the screen if that is gone.
 * @param {Element | null} before
 */
function focusBack(before) {
  const to = before instanceof HTMLElement && before.isConnected ? before : document.querySelector('h1');
  if (to instanceof HTMLElement) to.focus();
}

/**
 * A modal dialog, open as long as it is rendered. Escape closes it, and the focus goes back. Its way out stands last,
 * so that the focus begins at what the dialog is about.
 * @param {{title: string, onClose: () => void, children: any}} given
 */
export function Dialog({ title, onClose, children }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => focusBack(before);
  }, []);
  const cancel = (/** @type {Event} */ event) => {
    event.preventDefault();
    onClose();
  };
  return html`<dialog ref=${dialog} aria-labelledby=${id} onCancel=${cancel} onClose=${onClose}>
    <h2 id=${id}>${title}</h2>
    ${children}
    <button type="button" class="close" aria-label=${t('dialog.close')} onClick=${onClose}>✕</button>
  </dialog>`;
}
