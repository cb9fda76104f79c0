import { html } from '../html.js';
import { operations as o } from '../operations.js';
import { textOf } from '../parts/form.js';
import { Confirm } from '../parts/form-dialog.js';
import { say } from '../parts/text.js';
import { ask } from '../request.js';
import { t } from '../words.js';

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
