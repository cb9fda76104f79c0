import { facts } from '../../facts.js';
import { calendarDay, momentTyped } from '../../format.js';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { Dialog } from '../../parts/dialog.js';
import { Field, textOf } from '../../parts/form.js';
import { Confirm, FormDialog, ReasonField } from '../../parts/form-dialog.js';
import { Table } from '../../parts/table.js';
import { Copied, say } from '../../parts/text.js';
import { ask } from '../../request.js';
import { snippetOf } from '../../snippet.js';
import { locale, named, t } from '../../words.js';

/** @typedef {{row: any, onClose: () => void, onDone: (made: any) => void}} Given */

const hourSeconds = 3_600;

/** @param {FormData} data */
const create = (data) =>
  ask(o.createKey, {
    label: textOf(data, 'label'),
    origins: textOf(data, 'origins').split(/\s+/),
    environment: textOf(data, 'environment'),
    expiresAt: momentTyped(textOf(data, 'expiresAt')),
    reason: textOf(data, 'reason'),
  });

/** @param {Given} given */
export const CreateKey = ({ onClose, onDone }) => html`<${FormDialog}
  title=${t('keys.create')}
  submit=${t('keys.create')}
  onSubmit=${create}
  onClose=${onClose}
  onDone=${onDone}
>
  <${Field} label=${t('keys.label')} hint=${t('keys.labelHint')} name="label" required maxlength="32" autocomplete="off" />
  <${Field} label=${t('keys.origins')} hint=${t('keys.originsHint')} name="origins" lines="3" required spellcheck=${false} />
  <${Field}
    label=${t('keys.environment')}
    name="environment"
    initial="production"
    options=${facts.lists.environment.map((each) => [each, named('environment', each)])}
  />
  <${Field} label=${t('keys.expiresAt')} hint=${t('keys.expiresAtHint')} name="expiresAt" type="datetime-local" />
  <${ReasonField} />
<//>`;

/** @param {Given} given */
export const RotateKey = ({ row, onClose, onDone }) => html`<${FormDialog}
  title=${t('keys.rotateTitle', { label: row.label })}
  submit=${t('keys.rotate')}
  onSubmit=${(/** @type {FormData} */ data) =>
    ask(o.rotateKey, {
      widgetKey: row.widgetKey,
      graceSeconds: Number(textOf(data, 'hours')) * hourSeconds,
      reason: textOf(data, 'reason'),
    })}
  onClose=${onClose}
  onDone=${onDone}
>
  <p>${t('keys.rotateText')}</p>
  <${Field} label=${t('keys.grace')} hint=${t('keys.graceHint')} name="hours" type="number" min="0" max="720" initial="24" required />
  <${ReasonField} />
<//>`;

/** @param {Given} given */
export const RevokeKey = ({ row, onClose, onDone }) => html`<${Confirm}
  title=${t('keys.revokeTitle', { label: row.label })}
  text=${t('keys.revokeText')}
  word=${row.label}
  submit=${t('keys.revoke')}
  onSubmit=${(/** @type {FormData} */ data) => ask(o.revokeKey, { widgetKey: row.widgetKey, reason: textOf(data, 'reason') })}
  onClose=${onClose}
  onDone=${(/** @type {any} */ body) => {
    say(t('keys.revoked', { label: row.label }));
    onDone(body);
  }}
/>`;

/** @param {{row: any, onClose: () => void}} given */
export const Snippet = ({ row, onClose }) => html`<${Dialog} title=${t('keys.snippetTitle')} onClose=${onClose}>
  <p>${t('keys.snippetText')}</p>
  <${Copied} text=${snippetOf(location.origin, row.widgetKey)} what=${t('keys.snippet')} />
  <p class="buttons"><button type="button" class="main" onClick=${onClose}>${t('dialog.done')}</button></p>
<//>`;

/** Calls by day, those days alone that had any. @param {{row: any, onClose: () => void}} given */
export function KeyUsage({ row, onClose }) {
  const asked = useAsked(() => ask(o.showKeyUsage, { widgetKey: row.widgetKey, days: 30 }), []);
  return html`<${Dialog} title=${t('keys.usageTitle', { label: row.label })} onClose=${onClose}>
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ { days }) => html`<${Table}
        caption=${t('keys.usageCaption')}
        heads=${[t('keys.day'), t('keys.granted')]}
        rows=${days
          .filter((/** @type {any} */ { granted }) => granted > 0)
          .reverse()
          .map((/** @type {any} */ { day, granted }) => [calendarDay(locale(), day), granted])}
        empty=${t('keys.unused')}
      />`}
    <//>
  <//>`;
}
