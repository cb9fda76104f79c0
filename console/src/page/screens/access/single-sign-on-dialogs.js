import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Field, textOf } from '../../parts/form.js';
import { Confirm, FormDialog, ReasonField } from '../../parts/form-dialog.js';
import { say } from '../../parts/text.js';
import { ask } from '../../request.js';
import { me } from '../../state.js';
import { t } from '../../words.js';

/** @param {string} text */
const domainsIn = (text) => (text === '' ? [] : text.split(/[\s,]+/));

/** @param {FormData} data */
const put = (data) =>
  ask(o.putSingleSignOn, {
    issuer: textOf(data, 'issuer'),
    clientId: textOf(data, 'clientId'),
    // Left empty, the secret that is kept stays.
    clientSecret: textOf(data, 'clientSecret') || undefined,
    domains: domainsIn(textOf(data, 'domains')),
    isRequired: data.has('isRequired'),
    secondFactor: textOf(data, 'secondFactor'),
    reason: textOf(data, 'reason'),
  });

/** @param {{known: any, onClose: () => void, onDone: () => void}} given */
export const PutSingleSignOn = ({ known, onClose, onDone }) => html`<${FormDialog}
  title=${t(known === null ? 'sso.set' : 'sso.change')}
  submit=${t('sso.save')}
  onSubmit=${put}
  onClose=${onClose}
  onDone=${() => {
    say(t('sso.saved'));
    onDone();
  }}
>
  <${Field} label=${t('sso.issuer')} hint=${t('sso.issuerHint')} name="issuer" type="url" required maxlength="512" initial=${known?.issuer} spellcheck=${false} />
  <${Field} label=${t('sso.clientId')} hint=${t('sso.clientIdHint')} name="clientId" required maxlength="256" initial=${known?.clientId} autocomplete="off" spellcheck=${false} />
  <${Field} label=${t('sso.clientSecret')} hint=${t(known === null ? 'sso.clientSecretHint' : 'sso.clientSecretKept')} name="clientSecret" type="password" maxlength="1024" autocomplete="off" />
  <${Field} label=${t('sso.domains')} hint=${t('sso.domainsHint')} name="domains" lines="2" spellcheck=${false} defaultValue=${known?.domains.map((/** @type {any} */ { domain }) => domain).join('\n')} />
  <${Field}
    label=${t('sso.secondFactor')}
    name="secondFactor"
    initial=${known?.secondFactor ?? 'asked'}
    options=${[['asked', t('sso.asked')], ['left-to-provider', t('sso.leftToProvider')]]}
  />
  <p><label><input type="checkbox" name="isRequired" defaultChecked=${known?.isRequired ?? false} /> ${t('sso.requiredLabel')}</label></p>
  <p class="hint">${t('sso.requiredHint')}</p>
  <${ReasonField} />
<//>`;

/** @param {{domain: string | undefined, onClose: () => void, onDone: () => void}} given */
export const ProveDomain = ({ domain = '', onClose, onDone }) => html`<${FormDialog}
  title=${t('sso.proveTitle', { domain })}
  submit=${t('sso.prove')}
  onSubmit=${(/** @type {FormData} */ data) => ask(o.proveDomain, { domain, reason: textOf(data, 'reason') })}
  onClose=${onClose}
  onDone=${() => {
    say(t('sso.provedNow', { domain }));
    onDone();
  }}
>
  <p>${t('sso.proveText')}</p>
  <${ReasonField} />
<//>`;

/** @param {{onClose: () => void, onDone: () => void}} given */
export const RemoveSingleSignOn = ({ onClose, onDone }) => html`<${Confirm}
  title=${t('sso.remove')}
  text=${t('sso.removeText')}
  word=${me.value?.tenantId}
  submit=${t('sso.remove')}
  onSubmit=${(/** @type {FormData} */ data) => ask(o.removeSingleSignOn, { reason: textOf(data, 'reason') })}
  onClose=${onClose}
  onDone=${() => {
    say(t('sso.removed'));
    onDone();
  }}
/>`;
