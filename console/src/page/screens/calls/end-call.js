import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { textOf } from '../../parts/form.js';
import { Confirm } from '../../parts/form-dialog.js';
import { say } from '../../parts/text.js';
import { ask } from '../../request.js';
import { t } from '../../words.js';

/** @typedef {import('../../request.js').Answer} Answer */

/** Ends one call. @param {{id: string, onClose: () => void, onDone: () => void}} given */
export const EndCall = ({ id, onClose, onDone }) => html`<${Confirm}
  title=${t('calls.endTitle')}
  text=${t('calls.endText', { id })}
  submit=${t('calls.end')}
  onSubmit=${(/** @type {FormData} */ data) => ask(o.endCall, { sessionId: id, reason: textOf(data, 'reason') })}
  onClose=${onClose}
  onDone=${() => {
    say(t('calls.ended', { id }));
    onDone();
  }}
/>`;

/**
 * Ends every call of a tenant. `end` asks the server for it, with the reason.
 * @param {{tenantId: string | undefined, title?: string, end: (reason: string) => Promise<Answer>, onClose: () => void,
 *   onDone: () => void}} given
 */
export const EndAllCalls = ({ tenantId, title = t('calls.endAll'), end, onClose, onDone }) => html`<${Confirm}
  title=${title}
  text=${t('calls.endAllText')}
  word=${tenantId}
  submit=${t('calls.endAll')}
  onSubmit=${(/** @type {FormData} */ data) => end(textOf(data, 'reason'))}
  onClose=${onClose}
  onDone=${(/** @type {any} */ { ended }) => {
    say(t('calls.endedMany', { count: ended }));
    onDone();
  }}
/>`;
