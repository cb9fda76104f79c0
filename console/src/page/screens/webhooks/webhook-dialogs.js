import { facts } from '../../facts.js';
import { momentTyped } from '../../format.js';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Dialog } from '../../parts/dialog.js';
import { Field, textOf } from '../../parts/form.js';
import { Confirm, FormDialog, ReasonField } from '../../parts/form-dialog.js';
import { Copied, say } from '../../parts/text.js';
import { ask } from '../../request.js';
import { named, t } from '../../words.js';

/** @typedef {import('../../request.js').Answer} Answer */
/** @typedef {{row: any, onClose: () => void, onDone: (made: any) => void}} Given */

const hourSeconds = 3_600;

/** @param {{chosen: readonly string[]}} given */
const Events = ({ chosen }) => html`<fieldset>
  <legend>${t('webhooks.events')}</legend>
  <div class="choices">
    ${facts.lists.webhookEvent.map(
      (type) =>
        html`<label key=${type}
          ><input type="checkbox" name="types" value=${type} defaultChecked=${chosen.includes(type)} /> <code>${type}</code> ${named('webhookEvent', type)}</label
        >`,
    )}
  </div>
</fieldset>`;

/** @param {{row?: any}} given */
const Fields = ({
  row,
}) => html`<${Field} label=${t('webhooks.url')} hint=${t('webhooks.urlHint')} name="url" type="url" required maxlength="2048" initial=${row?.url} spellcheck=${false} />
  <${Events} chosen=${row?.types ?? []} />
  <${Field} label=${t('webhooks.description')} name="description" maxlength="200" autocomplete="off" initial=${row?.description} />
  <${ReasonField} />`;

/** @param {FormData} data */
const written = (data) => ({
  url: textOf(data, 'url'),
  types: data.getAll('types'),
  reason: textOf(data, 'reason'),
});

/** @param {Given} given */
export const CreateWebhook = ({ onClose, onDone }) => html`<${FormDialog}
  title=${t('webhooks.create')}
  submit=${t('webhooks.create')}
  onSubmit=${(/** @type {FormData} */ data) =>
    ask(o.createWebhook, { ...written(data), description: textOf(data, 'description') || undefined })}
  onClose=${onClose}
  onDone=${onDone}
>
  <${Fields} />
<//>`;

/** @param {FormData} data @param {string} endpointId */
const change = (data, endpointId) =>
  ask(o.updateWebhook, { endpointId, ...written(data), description: textOf(data, 'description') || undefined });

/** @param {Given} given */
export const ChangeWebhook = ({ row, onClose, onDone }) => html`<${FormDialog}
  title=${t('webhooks.changeTitle', { url: row.url })}
  submit=${t('webhooks.save')}
  onSubmit=${(/** @type {FormData} */ data) => change(data, row.endpointId)}
  onClose=${onClose}
  onDone=${onDone}
>
  <${Fields} row=${row} />
<//>`;

/** Turns an endpoint off, or on again. @param {Given} given */
export function SwitchWebhook({ row, onClose, onDone }) {
  const isOn = row.status === 'enabled';
  const status = isOn ? 'disabled' : 'enabled';
  return html`<${FormDialog}
    title=${t(isOn ? 'webhooks.disableTitle' : 'webhooks.enableTitle', { url: row.url })}
    submit=${t(isOn ? 'webhooks.disable' : 'webhooks.enable')}
    onSubmit=${(/** @type {FormData} */ data) =>
      ask(o.updateWebhook, { endpointId: row.endpointId, status, reason: textOf(data, 'reason') })}
    onClose=${onClose}
    onDone=${onDone}
  >
    <p>${t(isOn ? 'webhooks.disableText' : 'webhooks.enableText')}</p>
    <${ReasonField} />
  <//>`;
}

/** What is shown this once. @param {{row: any, onClose: () => void}} given */
export const NewSecret = ({ row: { secret }, onClose }) => html`<${Dialog}
  title=${t('webhooks.secretTitle')}
  onClose=${onClose}
>
  <p>${t('webhooks.secretText')}</p>
  <${Copied} text=${secret} what=${t('webhooks.secret')} />
  <p class="buttons"><button type="button" class="main" onClick=${onClose}>${t('dialog.done')}</button></p>
<//>`;

/** @param {Given} given */
export const RotateSecret = ({ row, onClose, onDone }) => html`<${FormDialog}
  title=${t('webhooks.rotateTitle', { url: row.url })}
  submit=${t('webhooks.rotate')}
  onSubmit=${(/** @type {FormData} */ data) =>
    ask(o.rotateWebhookSecret, {
      endpointId: row.endpointId,
      graceSeconds: Number(textOf(data, 'hours')) * hourSeconds,
      reason: textOf(data, 'reason'),
    })}
  onClose=${onClose}
  onDone=${onDone}
>
  <p>${t('webhooks.rotateText')}</p>
  <${Field} label=${t('webhooks.grace')} hint=${t('webhooks.graceHint')} name="hours" type="number" min="0" max="168" initial="24" required />
  <${ReasonField} />
<//>`;

/** @param {Given} given */
export const RemoveWebhook = ({ row, onClose, onDone }) => html`<${Confirm}
  title=${t('webhooks.removeTitle', { url: row.url })}
  text=${t('webhooks.removeText')}
  word=${new URL(row.url).host}
  submit=${t('webhooks.remove')}
  onSubmit=${(/** @type {FormData} */ data) =>
    ask(o.removeWebhook, { endpointId: row.endpointId, reason: textOf(data, 'reason') })}
  onClose=${onClose}
  onDone=${(/** @type {any} */ body) => {
    say(t('webhooks.removed', { url: row.url }));
    onDone(body);
  }}
/>`;

/** @param {Given} given */
export const PingWebhook = ({ row, onClose, onDone }) => html`<${FormDialog}
  title=${t('webhooks.pingTitle', { url: row.url })}
  submit=${t('webhooks.ping')}
  onSubmit=${(/** @type {FormData} */ data) =>
    ask(o.pingWebhook, { endpointId: row.endpointId, reason: textOf(data, 'reason') })}
  onClose=${onClose}
  onDone=${(/** @type {any} */ body) => {
    say(t('webhooks.pinged'));
    onDone(body);
  }}
>
  <p>${t('webhooks.pingText')}</p>
  <${ReasonField} />
<//>`;

/**
 * Sends again what was given up since a moment, part by part. Answers as the server did last, with the sum of all.
 * @param {string} endpointId @param {{since: string | undefined, delivered: boolean}} what @param {string} reason
 * @returns {Promise<Answer>}
 */
async function replayAll(endpointId, what, reason) {
  let replayed = 0;
  for (let after; ; ) {
    const answer = await ask(o.replayWebhook, { endpointId, what: { ...what, ...(after && { after }) }, reason });
    if (answer.kind !== 'answered') return answer;
    replayed += answer.body.replayed;
    after = answer.body.next;
    if (after === null) return { kind: 'answered', body: { replayed } };
  }
}

/** @param {Given} given */
export const ReplayMany = ({ row, onClose, onDone }) => html`<${FormDialog}
  title=${t('webhooks.replayTitle')}
  submit=${t('webhooks.replayMany')}
  onSubmit=${(/** @type {FormData} */ data) => {
    const what = { since: momentTyped(textOf(data, 'since')), delivered: data.has('delivered') };
    return replayAll(row.endpointId, what, textOf(data, 'reason'));
  }}
  onClose=${onClose}
  onDone=${(/** @type {any} */ { replayed }) => {
    say(t('webhooks.replayed', { count: replayed }));
    onDone(undefined);
  }}
>
  <p>${t('webhooks.replayText')}</p>
  <${Field} label=${t('webhooks.since')} name="since" type="datetime-local" required />
  <p><label><input type="checkbox" name="delivered" /> ${t('webhooks.alsoDelivered')}</label></p>
  <${ReasonField} />
<//>`;

/** @param {{endpointId: string, row: any, onClose: () => void, onDone: (made: any) => void}} given */
export const ReplayOne = ({ endpointId, row, onClose, onDone }) => html`<${FormDialog}
  title=${t('webhooks.replayOneTitle')}
  submit=${t('webhooks.replay')}
  onSubmit=${(/** @type {FormData} */ data) =>
    ask(o.replayWebhook, { endpointId, what: { deliveryId: row.deliveryId }, reason: textOf(data, 'reason') })}
  onClose=${onClose}
  onDone=${(/** @type {any} */ { replayed }) => {
    say(t('webhooks.replayed', { count: replayed }));
    onDone(undefined);
  }}
>
  <p>${t('webhooks.replayOneText', { type: row.type })}</p>
  <${ReasonField} />
<//>`;
