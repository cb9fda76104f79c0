import { useState } from 'preact/hooks';
import { html } from '../html.js';
import { Field, Form, textOf } from '../parts/form.js';
import { Copied, keepFile } from '../parts/text.js';
import { ask } from '../request.js';
import { t } from '../words.js';
import { CodeForm, PasskeyButton } from './factor-forms.js';
import { makePasskey } from './passkey.js';

/** @typedef {import('../operations.js').Operation} Operation */
/**
 * @typedef {Readonly<{beginTotp: Operation, finishTotp: Operation, beginPasskey: Operation, finishPasskey: Operation}>}
 *   Ways
 */

/** The secret for an app, shown once. @param {{begun: any, ways: Ways, onDone: (body: any) => void}} given */
const NewApp = ({ begun, ways, onDone }) => html`<p>${t('factor.secretText')}</p>
  <${Copied} text=${begun.secret} what=${t('factor.secret')} />
  <p><a href=${begun.uri}>${t('factor.openApp')}</a></p>
  <${CodeForm} kind="totp" isNext=${true} operation=${ways.finishTotp} onDone=${onDone} />`;

/** Adds a second factor: an app or a passkey, under a name. @param {{ways: Ways, onDone: (body: any) => void}} given */
export function AddFactor({ ways, onDone }) {
  const [name, setName] = useState('');
  const [begun, setBegun] = useState(/** @type {any} */ (undefined));
  if (begun !== undefined) return html`<${NewApp} begun=${begun} ways=${ways} onDone=${onDone} />`;
  const byPasskey = () =>
    makePasskey(
      () => ask(ways.beginPasskey),
      (credential) => ask(ways.finishPasskey, { name, credential }),
    );
  const typed = (/** @type {any} */ event) => setName(event.target.value.trim());
  return html`<${Form}
      submit=${t('factor.addApp')}
      onSubmit=${(/** @type {FormData} */ data) => ask(ways.beginTotp, { name: textOf(data, 'name') })}
      onDone=${setBegun}
    >
      <${Field} label=${t('factor.name')} hint=${t('factor.nameHint')} name="name" maxlength="60" required onInput=${typed} />
    <//>
    ${name !== '' && html`<${PasskeyButton} text=${t('factor.addPasskey')} act=${byPasskey} onDone=${onDone} />`}`;
}

/** Recovery codes, which are shown once. @param {{codes: readonly string[], onDone: () => void}} given */
export function RecoveryCodes({ codes, onDone }) {
  const text = `${codes.join('\n')}\n`;
  return html`<p>${t('factor.codesText')}</p>
    <${Copied} text=${text} what=${t('factor.codes')} />
    <p class="buttons">
      <button type="button" onClick=${() => keepFile('vox-recovery-codes.txt', [text], 'text/plain')}>${t('factor.keep')}</button>
      <button type="button" class="main" onClick=${onDone}>${t('factor.kept')}</button>
    </p>`;
}
