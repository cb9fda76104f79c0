import { useState } from 'preact/hooks';
import { facts } from '../facts.js';
import { momentTyped } from '../format.js';
import { html } from '../html.js';
import { operations as o } from '../operations.js';
import { Field, textOf } from '../parts/form.js';
import { FormDialog, ReasonField } from '../parts/form-dialog.js';
import { ask } from '../request.js';
import { named, t } from '../words.js';

const most = 8;

/** @param {'privacyKind' | 'law' | 'identifier'} list */
const options = (list) => facts.lists[list].map((each) => [each, named(list, each)]);

/** The identifiers that were written, of as many fields as there are. @param {FormData} data @param {number} count */
const identifiersOf = (data, count) =>
  Array.from({ length: count }, (_, at) => ({
    kind: textOf(data, `kind-${at}`),
    value: textOf(data, `value-${at}`),
  })).filter(({ value }) => value !== '');

/**
 * Opens an export or an erasure. Its id is chosen here, so that asking again after a lost line opens no second one. An
 * erasure cannot be undone, so its word is typed.
 * @param {{onClose: () => void, onDone: (request: any) => void}} given
 */
export function OpenRequest({ onClose, onDone }) {
  const [privacyRequestId] = useState(() => crypto.randomUUID());
  const [count, setCount] = useState(1);
  const [kind, setKind] = useState('export');
  const [typed, setTyped] = useState('');
  const read = (/** @type {(text: string) => void} */ keep) => (/** @type {any} */ event) =>
    keep(event.target.value.trim());
  const word = t('privacy.eraseWord');
  /** @param {FormData} data */
  const open = (data) =>
    ask(o.openPrivacyRequest, {
      privacyRequestId,
      kind,
      identifiers: identifiersOf(data, count),
      law: textOf(data, 'law'),
      receivedAt: momentTyped(textOf(data, 'receivedAt')),
      reason: textOf(data, 'reason'),
    });
  return html`<${FormDialog}
    title=${t('privacy.open')}
    submit=${t('privacy.open')}
    isDangerous=${kind === 'erase'}
    isReady=${kind !== 'erase' || typed === word}
    onSubmit=${open}
    onClose=${onClose}
    onDone=${onDone}
  >
    <${Field} label=${t('privacy.kind')} name="kind" value=${kind} options=${options('privacyKind')} onChange=${read(setKind)} />
    <${Field} label=${t('privacy.law')} name="law" initial="gdpr" options=${options('law')} />
    <fieldset>
      <legend>${t('privacy.identifiers')}</legend>
      <p class="hint">${t('privacy.identifiersHint')}</p>
      ${Array.from(
        { length: count },
        (_, at) => html`<div class="line" key=${at}>
          <${Field} label=${t('privacy.identifierKind')} name=${`kind-${at}`} options=${options('identifier')} />
          <${Field} label=${t('privacy.identifier')} name=${`value-${at}`} autocomplete="off" required=${at === 0} />
        </div>`,
      )}
      ${count < most && html`<button type="button" onClick=${() => setCount(count + 1)}>${t('privacy.another')}</button>`}
    </fieldset>
    <${Field} label=${t('privacy.receivedAt')} hint=${t('privacy.receivedAtHint')} name="receivedAt" type="datetime-local" />
    <${ReasonField} isRequired=${true} />
    ${
      kind === 'erase' &&
      html`<p class="trouble">${t('privacy.eraseText')}</p>
        <${Field} label=${t('form.typeWord', { word })} name="word" autocomplete="off" onInput=${read(setTyped)} />`
    }
  <//>`;
}
