import { useState } from 'preact/hooks';
import { html } from '../html.js';
import { Refused } from '../parts/asked.js';
import { Field, Form, textOf } from '../parts/form.js';
import { ask } from '../request.js';
import { t } from '../words.js';
import { hasPasskeys, showPasskey } from './passkey.js';

/** @typedef {import('../operations.js').Operation} Operation */
/** @typedef {import('../request.js').Answer} Answer */
/** @typedef {Readonly<{totp: Operation, recovery: Operation, challenge: Operation, passkey: Operation}>} Ways */

/**
 * A code of an app, a list or a mail.
 * @param {{kind: 'totp' | 'recovery' | 'mail', operation: Operation, isNext?: boolean, onDone: (body: any) => void}}
 *   given
 */
export const CodeForm = ({ kind, operation, isNext = false, onDone }) => html`<${Form}
  submit=${t('factor.confirm')}
  onSubmit=${(/** @type {FormData} */ data) => ask(operation, { code: textOf(data, 'code').replaceAll(' ', '') })}
  onDone=${onDone}
>
  <${Field}
    label=${t(`factor.${kind}`)}
    hint=${t(`factor.${kind}Hint`)}
    name="code"
    autocomplete=${kind === 'recovery' ? 'off' : 'one-time-code'}
    inputmode=${kind === 'recovery' ? 'text' : 'numeric'}
    spellcheck=${false}
    isNext=${isNext}
    required
  />
<//>`;

/**
 * A button that lets the authenticator act, and says why it did not.
 * @param {{text: string, act: () => Promise<Answer>, onDone: (body: any) => void}} given
 */
export function PasskeyButton({ text, act, onDone }) {
  const [answer, setAnswer] = useState(/** @type {Answer | undefined} */ (undefined));
  const [isBusy, setBusy] = useState(false);
  const begin = async () => {
    setBusy(true);
    setAnswer(undefined);
    const given = await act();
    setBusy(false);
    setAnswer(given);
    if (given.kind === 'answered') onDone(given.body);
  };
  if (!hasPasskeys()) return html`<p class="hint">${t('factor.noPasskeys')}</p>`;
  return html`<p>
      <button type="button" class="main" disabled=${isBusy} onClick=${begin}>${isBusy ? t('form.busy') : text}</button>
    </p>
    ${answer?.kind === 'refused' && html`<${Refused} problem=${answer.problem} />`}
    ${answer?.kind === 'offline' && html`<p class="trouble" role="alert">${t('state.offline')}</p>`}`;
}

/**
 * The ways to show a second factor.
 * @param {{methods: readonly string[], ways: Ways, onDone: (body: any) => void}} given
 */
export function ShowFactor({ methods, ways, onDone }) {
  const has = (/** @type {string} */ method) => methods.includes(method);
  const byPasskey = () =>
    showPasskey(
      () => ask(ways.challenge),
      (credential) => ask(ways.passkey, { credential }),
    );
  return html`
    ${has('passkey') && html`<${PasskeyButton} text=${t('factor.passkey')} act=${byPasskey} onDone=${onDone} />`}
    ${has('totp') && html`<${CodeForm} kind="totp" operation=${ways.totp} onDone=${onDone} />`}
    ${
      has('recovery') &&
      html`<details>
        <summary>${t('factor.lost')}</summary>
        <${CodeForm} kind="recovery" operation=${ways.recovery} onDone=${onDone} />
      </details>`
    }
  `;
}
