import { useState } from 'preact/hooks';
import { html } from '../html.js';
import { t } from '../words.js';
import { Dialog } from './dialog.js';
import { Field, Form } from './form.js';
import { isTyped } from './typed-word.js';

/** A form in a dialog, which closes once the server has done it. @param {any} given those of a form, and a title */
export const FormDialog = ({
  title,
  onClose,
  onDone,
  children,
  ...form
}) => html`<${Dialog} title=${title} onClose=${onClose}>
  <${Form}
    ...${form}
    onCancel=${onClose}
    onDone=${(/** @type {any} */ body) => {
      onClose();
      onDone(body);
    }}
  >
    ${children}
  <//>
<//>`;

/** Why, for the audit log. @param {{isRequired?: boolean}} given */
export const ReasonField = ({ isRequired = false }) =>
  html`<${Field} label=${t('form.reason')} hint=${t('form.reasonHint')} name="reason" maxlength="200" required=${isRequired} />`;

/**
 * Asks before something that cannot be undone: with `word`, only who types it can go on. What is one’s own has no reason.
 * @param {any} given those of a form in a dialog, a text, and the word
 */
export function Confirm({ text, word, hasReason = true, needsReason = false, children, ...rest }) {
  const [typed, setTyped] = useState('');
  const type = (/** @type {InputEvent} */ event) =>
    setTyped(event.target instanceof HTMLInputElement ? event.target.value : '');
  return html`<${FormDialog} isDangerous=${true} isReady=${word === undefined || isTyped(typed, word)} ...${rest}>
    <p>${text}</p>
    ${children}
    ${
      word !== undefined &&
      html`<${Field} label=${t('form.typeWord', { word })} name="word" autocomplete="off" spellcheck=${false} onInput=${type} />`
    }
    ${hasReason && html`<${ReasonField} isRequired=${needsReason} />`}
  <//>`;
}
