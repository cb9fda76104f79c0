import { useState } from 'preact/hooks';
import { facts } from '../../facts.js';
import { momentTyped } from '../../format.js';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Field, textOf } from '../../parts/form.js';
import { FormDialog, ReasonField } from '../../parts/form-dialog.js';
import { isTyped } from '../../parts/typed-word.js';
import { ask } from '../../request.js';
import { named, t } from '../../words.js';
import { Identifiers, identifiersOf } from './identifiers.js';

/** @param {'privacyKind' | 'law'} list */
const options = (list) => facts.lists[list].map((each) => [each, named(list, each)]);

/**
 * Opens an export or an erasure. Its id is chosen here, so that asking again after a lost line opens no second one. An
 * erasure cannot be undone, so its word is typed.
 * @param {{onClose: () => void, onDone: (request: any) => void}} given
 */
export function OpenRequest({ onClose, onDone }) {
  const [privacyRequestId] = useState(() => crypto.randomUUID());
  const [kind, setKind] = useState('export');
  const [typed, setTyped] = useState('');
  const type = (/** @type {any} */ event) => setTyped(event.target.value);
  const choose = (/** @type {any} */ event) => {
    setKind(event.target.value);
    // The field of the word is a new one each time, and it is empty.
    setTyped('');
  };
  const word = t('privacy.eraseWord');
  /** @param {FormData} data */
  const open = (data) =>
    ask(o.openPrivacyRequest, {
      privacyRequestId,
      kind,
      identifiers: identifiersOf(data),
      law: textOf(data, 'law'),
      receivedAt: momentTyped(textOf(data, 'receivedAt')),
      reason: textOf(data, 'reason'),
    });
  return html`<${FormDialog}
    title=${t('privacy.open')}
    submit=${t('privacy.open')}
    isDangerous=${kind === 'erase'}
    isReady=${kind !== 'erase' || isTyped(typed, word)}
    onSubmit=${open}
    onClose=${onClose}
    onDone=${onDone}
  >
    <${Field} label=${t('privacy.kind')} name="kind" value=${kind} options=${options('privacyKind')} onChange=${choose} />
    <${Field} label=${t('privacy.law')} name="law" initial="gdpr" options=${options('law')} />
    <${Identifiers} />
    <${Field} label=${t('privacy.receivedAt')} hint=${t('privacy.receivedAtHint')} name="receivedAt" type="datetime-local" />
    <${ReasonField} isRequired=${true} />
    ${
      kind === 'erase' &&
      html`<p class="trouble">${t('privacy.eraseText')}</p>
        <${Field} label=${t('form.typeWord', { word })} name="word" autocomplete="off" onInput=${type} />`
    }
  <//>`;
}
