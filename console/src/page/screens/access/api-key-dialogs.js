import { facts } from '../../facts.js';
import { momentTyped } from '../../format.js';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Dialog } from '../../parts/dialog.js';
import { Field, textOf } from '../../parts/form.js';
import { Confirm, FormDialog, ReasonField } from '../../parts/form-dialog.js';
import { Copied, say } from '../../parts/text.js';
import { ask } from '../../request.js';
import { me } from '../../state.js';
import { named, t } from '../../words.js';

/** @typedef {{row: any, onClose: () => void, onDone: (made: any) => void}} Given */

const hourSeconds = 3_600;

/** @param {FormData} data */
const create = (data) => {
  const networks = textOf(data, 'networks');
  return ask(o.createApiKey, {
    label: textOf(data, 'label'),
    env: textOf(data, 'env'),
    scopes: data.getAll('scopes'),
    networks: networks === '' ? [] : networks.split(/\s+/),
    expiresAt: momentTyped(textOf(data, 'expiresAt')),
    reason: textOf(data, 'reason'),
  });
};

/** Nobody gives a machine more than they may do themselves. The server holds that too. */
const Scopes = () => html`<fieldset>
  <legend>${t('apiKeys.scopes')}</legend>
  <p class="hint">${t('apiKeys.scopesHint')}</p>
  <div class="choices">
    ${facts.scopes[me.value?.role ?? '']?.map(
      (scope) =>
        html`<label key=${scope}><input type="checkbox" name="scopes" value=${scope} /> <code>${scope}</code></label>`,
    )}
  </div>
</fieldset>`;

/** @param {Given} given */
export const CreateApiKey = ({ onClose, onDone }) => html`<${FormDialog}
  title=${t('apiKeys.create')}
  submit=${t('apiKeys.create')}
  onSubmit=${create}
  onClose=${onClose}
  onDone=${onDone}
>
  <${Field} label=${t('apiKeys.label')} hint=${t('apiKeys.labelHint')} name="label" required maxlength="64" autocomplete="off" />
  <${Field}
    label=${t('apiKeys.environment')}
    name="env"
    initial="production"
    options=${facts.lists.environment.map((each) => [each, named('environment', each)])}
  />
  <${Scopes} />
  <${Field} label=${t('apiKeys.networks')} hint=${t('apiKeys.networksHint')} name="networks" lines="2" spellcheck=${false} />
  <${Field} label=${t('apiKeys.expiresAt')} hint=${t('apiKeys.expiresAtHint')} name="expiresAt" type="datetime-local" />
  <${ReasonField} />
<//>`;

/**
 * What is shown this once. Closing it by mistake loses it, so it says so.
 * @param {{row: any, onClose: () => void}} given
 */
export const NewSecrets = ({ row: { apiKey, signingSecret }, onClose }) => html`<${Dialog}
  title=${t('apiKeys.secretsTitle')}
  onClose=${onClose}
>
  <p>${t('apiKeys.secretsText')}</p>
  <${Copied} text=${apiKey} what=${t('apiKeys.key')} />
  ${signingSecret !== null && html`<p>${t('apiKeys.signingText')}</p><${Copied} text=${signingSecret} what=${t('apiKeys.signingSecret')} />`}
  <p class="buttons"><button type="button" class="main" onClick=${onClose}>${t('dialog.done')}</button></p>
<//>`;

/** @param {Given} given */
export const RotateApiKey = ({ row, onClose, onDone }) => html`<${FormDialog}
  title=${t('apiKeys.rotateTitle', { label: row.label })}
  submit=${t('apiKeys.rotate')}
  onSubmit=${(/** @type {FormData} */ data) =>
    ask(o.rotateApiKey, {
      keyId: row.keyId,
      graceSeconds: Number(textOf(data, 'hours')) * hourSeconds,
      reason: textOf(data, 'reason'),
    })}
  onClose=${onClose}
  onDone=${onDone}
>
  <p>${t('apiKeys.rotateText')}</p>
  <${Field} label=${t('keys.grace')} hint=${t('keys.graceHint')} name="hours" type="number" min="0" max="720" initial="24" required />
  <${ReasonField} />
<//>`;

/** @param {Given} given */
export const RevokeApiKey = ({ row, onClose, onDone }) => html`<${Confirm}
  title=${t('apiKeys.revokeTitle', { label: row.label })}
  text=${t('apiKeys.revokeText')}
  word=${row.label}
  submit=${t('apiKeys.revoke')}
  onSubmit=${(/** @type {FormData} */ data) => ask(o.revokeApiKey, { keyId: row.keyId, reason: textOf(data, 'reason') })}
  onClose=${onClose}
  onDone=${(/** @type {any} */ body) => {
    say(t('apiKeys.revoked', { label: row.label }));
    onDone(body);
  }}
/>`;
