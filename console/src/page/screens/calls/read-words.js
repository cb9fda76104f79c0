import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { textOf } from '../../parts/form.js';
import { FormDialog, ReasonField } from '../../parts/form-dialog.js';
import { ask } from '../../request.js';
import { t } from '../../words.js';

/** @typedef {import('../../request.js').Answer} Answer */

/**
 * All that was said in a call, page by page under one request id: so the audit log shows its entries together.
 * @param {string} sessionId @param {string} reason @returns {Promise<Answer>}
 */
async function wordsOf(sessionId, reason) {
  const requestId = crypto.randomUUID();
  /** @type {any[]} */
  const words = [];
  /** @type {string | undefined} */
  let after;
  do {
    const answer = await ask(o.readTranscript, { sessionId, reason, requestId, after });
    if (answer.kind !== 'answered') return answer;
    words.push(...answer.body.messages);
    after = answer.body.next ?? undefined;
  } while (after !== undefined);
  return { kind: 'answered', body: words };
}

/**
 * Reads what was said in a call, for a reason that the audit log keeps. The words stay in the memory of the page, and
 * only as long as it shows the call.
 * @param {{id: string, onClose: () => void, onDone: (words: readonly any[]) => void}} given
 */
export const ReadWords = ({ id, onClose, onDone }) => html`<${FormDialog}
  title=${t('transcripts.read')}
  submit=${t('transcripts.read')}
  onSubmit=${(/** @type {FormData} */ data) => wordsOf(id, textOf(data, 'reason'))}
  onClose=${onClose}
  onDone=${onDone}
>
  <p>${t('transcripts.readText')}</p>
  <${ReasonField} isRequired=${true} />
<//>`;
