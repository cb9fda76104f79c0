import { useState } from 'preact/hooks';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { Dialog } from '../../parts/dialog.js';
import { Field } from '../../parts/form.js';
import { jsonTyped } from '../../parts/schema-form.js';
import { ask } from '../../request.js';
import { t } from '../../words.js';
import { WouldHaveDone } from './preview.js';
import { readDraft } from './read-draft.js';
import { TextDifference } from './text-difference.js';

/** @typedef {import('../../request.js').Answer} Answer */

/** @returns {Answer} */
const notObject = () => ({
  kind: 'refused',
  problem: {
    ...{ code: 'INVALID_REQUEST', status: 400, userMessage: '' },
    issues: [{ path: 'draft', message: t('preview.notObject') }],
  },
});

/** @param {string} text @param {number} days @returns {Promise<Answer>} */
async function preview(text, days) {
  const draft = jsonTyped(text)?.value;
  const isObject = typeof draft === 'object' && draft !== null && !Array.isArray(draft);
  return isObject ? ask(o.previewPolicy, { draft, days }) : notObject();
}

/** @param {{written: string}} given the policy as it was written */
function Typed({ written }) {
  const [text, setText] = useState(written);
  const type = (/** @type {Event} */ { target }) => target instanceof HTMLTextAreaElement && setText(target.value);
  return html`<${Field}
      label=${t('preview.draft')}
      name="draft"
      class="code"
      lines="14"
      initial=${written}
      spellcheck=${false}
      onInput=${type}
    />
    ${text !== written && html`<${TextDifference} before=${written} after=${text} />`}
    <${WouldHaveDone} about=${text} asks=${(/** @type {number} */ days) => preview(text, days)} />`;
}

/** @param {any} policy @returns {Promise<Answer>} */
async function readWritten(policy) {
  const read = await readDraft(policy);
  return read.kind === 'read' ? { kind: 'answered', body: { written: JSON.stringify(read.draft, null, 2) } } : read;
}

/**
 * The policy as it was written, to change it and see what that would have done. Nothing is put.
 * @param {{policy: any, onClose: () => void}} given
 */
export function TryPolicy({ policy, onClose }) {
  const asked = useAsked(() => readWritten(policy), [policy.version]);
  return html`<${Dialog} title=${t('preview.try')} onClose=${onClose}>
    <p>${t('preview.tryText')}</p>
    <${Shown} asked=${asked}>${(/** @type {any} */ { written }) => html`<${Typed} written=${written} />`}<//>
  <//>`;
}
