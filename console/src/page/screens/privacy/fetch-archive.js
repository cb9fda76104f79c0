import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { textOf } from '../../parts/form.js';
import { FormDialog, ReasonField } from '../../parts/form-dialog.js';
import { keepFile, say } from '../../parts/text.js';
import { ask } from '../../request.js';
import { t } from '../../words.js';

/** @typedef {import('../../request.js').Answer} Answer */

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * All parts of an archive as one, held to the digest that the server names.
 * @param {string} id
 * @param {string} reason
 * @returns {Promise<Answer>}
 */
async function fetched(id, reason) {
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const read = [];
  let digest = '';
  for (let part = 0, parts = 1; part < parts; part += 1) {
    const answer = await ask(o.readExport, { privacyRequestId: id, part, reason });
    if (answer.kind !== 'answered') return answer;
    ({ parts, sha256: digest } = answer.body);
    read.push(Uint8Array.from(atob(answer.body.bytes), (sign) => sign.charCodeAt(0)));
  }
  const whole = new Uint8Array(await new Blob(read).arrayBuffer());
  if ((await sha256(whole)) === digest) return { kind: 'answered', body: whole };
  return { kind: 'refused', problem: { code: 'ARCHIVE_BROKEN', status: 0, userMessage: '' } };
}

/**
 * Fetches the archive of an export. The audit log keeps who and why.
 * @param {{id: string, onClose: () => void}} given
 */
export const FetchArchive = ({ id, onClose }) => html`<${FormDialog}
  title=${t('privacy.fetch')}
  submit=${t('privacy.fetch')}
  onSubmit=${(/** @type {FormData} */ data) => fetched(id, textOf(data, 'reason'))}
  onClose=${onClose}
  onDone=${(/** @type {Uint8Array<ArrayBuffer>} */ bytes) => {
    keepFile(`export-${id}.zip`, [bytes], 'application/zip');
    say(t('privacy.fetched'));
  }}
>
  <p>${t('privacy.fetchText')}</p>
  <${ReasonField} isRequired=${true} />
<//>`;
