import { momentTyped } from '../../format.js';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Field, textOf } from '../../parts/form.js';
import { Confirm, FormDialog, ReasonField } from '../../parts/form-dialog.js';
import { say } from '../../parts/text.js';
import { ask } from '../../request.js';
import { t } from '../../words.js';

/** @typedef {{row: any, onClose: () => void, onDone: () => void}} Given */

/** @param {FormData} data */
const hostsOf = (data) =>
  textOf(data, 'hosts')
    .split(/\s+/)
    .filter((each) => each !== '');

/** A value as it was typed: a space at its end may be part of it. @param {FormData} data */
const typedValue = (data) => String(data.get('value') ?? '');

/** Says what was done, and shows the list anew. @param {() => void} onDone @param {string} text */
const told = (onDone, text) => () => {
  say(text);
  onDone();
};

/** Nothing shows it, and nothing keeps it once it was read: it is typed again after a refusal. */
const ValueField = () => html`<${Field}
  label=${t('secrets.value')}
  hint=${t('secrets.valueHint')}
  name="value"
  type="password"
  maxlength="4096"
  autocomplete="new-password"
  required
/>`;

/** @param {{initial?: readonly string[]}} given */
const HostsField = ({ initial = [] }) => html`<${Field}
  label=${t('secrets.hosts')}
  hint=${t('secrets.hostsHint')}
  name="hosts"
  lines="3"
  initial=${initial.join('\n')}
  spellcheck=${false}
  required
/>`;

/** @param {Omit<Given, 'row'>} given */
export const CreateSecret = ({ onClose, onDone }) => html`<${FormDialog}
  title=${t('secrets.create')}
  submit=${t('secrets.create')}
  forgets=${true}
  onSubmit=${(/** @type {FormData} */ data) =>
    ask(o.createSecret, {
      name: textOf(data, 'name'),
      value: typedValue(data),
      hosts: hostsOf(data),
      reason: textOf(data, 'reason'),
    })}
  onClose=${onClose}
  onDone=${told(onDone, t('secrets.created'))}
>
  <${Field} label=${t('secrets.name')} hint=${t('secrets.nameHint')} name="name" maxlength="64" autocomplete="off" spellcheck=${false} required />
  <${ValueField} />
  <${HostsField} />
  <${ReasonField} />
<//>`;

/**
 * A new value, bound to the version that was seen: it takes nobody else’s away. Hosts are added with it alone.
 * @param {Given} given
 */
export const RotateSecret = ({ row: { name, version, hosts }, onClose, onDone }) => html`<${FormDialog}
  title=${t('secrets.rotateTitle', { name })}
  submit=${t('secrets.rotate')}
  forgets=${true}
  onSubmit=${(/** @type {FormData} */ data) =>
    ask(
      o.rotateSecret,
      {
        ...{ name, value: typedValue(data), hosts: hostsOf(data) },
        ...{ inForceFrom: momentTyped(textOf(data, 'inForceFrom')), reason: textOf(data, 'reason') },
      },
      { ifMatch: version },
    )}
  onClose=${onClose}
  onDone=${told(onDone, t('secrets.rotated', { name }))}
>
  <p>${t('secrets.rotateText')}</p>
  <${ValueField} />
  <${HostsField} initial=${hosts} />
  <${Field} label=${t('secrets.inForceFrom')} hint=${t('secrets.inForceFromHint')} name="inForceFrom" type="datetime-local" />
  <${ReasonField} />
<//>`;

/** @param {Given} given */
export const SecretHosts = ({ row: { name, version, hosts }, onClose, onDone }) => html`<${FormDialog}
  title=${t('secrets.hostsTitle', { name })}
  submit=${t('secrets.setHosts')}
  onSubmit=${(/** @type {FormData} */ data) =>
    ask(o.setSecretHosts, { name, hosts: data.getAll('hosts'), reason: textOf(data, 'reason') }, { ifMatch: version })}
  onClose=${onClose}
  onDone=${told(onDone, t('secrets.hostsSet', { name }))}
>
  <p>${t('secrets.hostsText')}</p>
  <fieldset>
    <legend>${t('secrets.hosts')}</legend>
    <div class="choices">
      ${hosts.map(
        (/** @type {string} */ host) =>
          html`<label key=${host}><input type="checkbox" name="hosts" value=${host} defaultChecked=${true} /> <code>${host}</code></label>`,
      )}
    </div>
  </fieldset>
  <${ReasonField} />
<//>`;

/** @param {Given} given */
export const RemoveSecret = ({ row: { name }, onClose, onDone }) => html`<${Confirm}
  title=${t('secrets.removeTitle', { name })}
  text=${t('secrets.removeText')}
  word=${name}
  submit=${t('secrets.remove')}
  onSubmit=${(/** @type {FormData} */ data) => ask(o.removeSecret, { name, reason: textOf(data, 'reason') })}
  onClose=${onClose}
  onDone=${told(onDone, t('secrets.removed', { name }))}
/>`;
