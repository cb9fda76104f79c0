import { useEffect, useState } from 'preact/hooks';
import { facts } from '../../facts.js';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Offline, Refused } from '../../parts/asked.js';
import { Field, Form } from '../../parts/form.js';
import { keepFile } from '../../parts/text.js';
import { ask } from '../../request.js';
import { may } from '../../shell/who.js';
import { me } from '../../state.js';
import { t } from '../../words.js';
import { FileResult } from './audit-file-result.js';

/** @typedef {import('../../request.js').Answer} Answer */

/** @type {Answer} */
const unreadableFile = { kind: 'refused', problem: { code: 'FILE_UNREADABLE', status: 0, userMessage: '' } };
/** @type {Answer} */
const unreadableKeys = { kind: 'refused', problem: { code: 'KEYS_UNREADABLE', status: 0, userMessage: '' } };

/**
 * What verifies. It is loaded beside the screen, so that it is there when there is no line any more; `undefined` where
 * it did not arrive.
 */
const verifier = () => import('../../audit-file/open.js').catch(() => undefined);

/** The file of a field, if one was chosen. @param {FormData} data @param {string} name */
const fileOf = (data, name) => {
  const file = data.get(name);
  return file instanceof File && file.name !== '' ? file : undefined;
};

/**
 * The keys in a file, or those of the server if there is none.
 * @param {typeof import('../../audit-file/open.js')} reader @param {File | undefined} file @returns {Promise<Answer>}
 */
async function keysOf({ keysIn }, file) {
  if (file === undefined) return ask(o.listReceiptKeys);
  const body = keysIn(await file.text());
  return body === undefined ? unreadableKeys : { kind: 'answered', body };
}

const digestBytesMax = 256 * 1_048_576;
/** @param {File} file */
async function sha256(file) {
  if (file.size > digestBytesMax) return undefined;
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Verifies the file that was chosen. The file itself goes nowhere.
 * @param {FormData} data @param {(share: number) => void} tell @returns {Promise<Answer>}
 */
async function verified(data, tell) {
  const file = fileOf(data, 'file');
  if (file === undefined) return unreadableFile;
  const keysFile = fileOf(data, 'keysFile');
  const reader = await verifier();
  if (reader === undefined) return { kind: 'offline' };
  const answer = await keysOf(reader, keysFile);
  if (answer.kind !== 'answered') return answer;
  const tenantId = me.value?.tenantId === facts.platform ? undefined : me.value?.tenantId;
  const hear = (/** @type {number} */ bytes) => tell(bytes / file.size);
  const found = await reader.verifyExport(file, { keys: answer.body.keys, tenantId, tell: hear });
  const about = { name: file.name, size: file.size, digest: await sha256(file), keys: keysFile?.name };
  return { kind: 'answered', body: { found, about, at: new Date().toISOString() } };
}

/** Saves the public keys that prove an export, as `vox audit keys` prints them. */
function KeepKeys() {
  const [trouble, setTrouble] = useState(/** @type {Answer | undefined} */ (undefined));
  const keep = async () => {
    const answer = await ask(o.listReceiptKeys);
    setTrouble(answer);
    if (answer.kind === 'answered')
      keepFile('audit-keys.json', [JSON.stringify(answer.body, null, 2)], 'application/json');
  };
  return html`<p><button type="button" onClick=${keep}>${t('file.keepKeys')}</button></p>
    ${trouble?.kind === 'refused' && html`<${Refused} problem=${trouble.problem} />`}
    ${trouble?.kind === 'offline' && html`<${Offline} again=${keep} />`}`;
}

/**
 * Opens an exported log and verifies it in the browser. With a file of keys it asks no server: so whoever keeps both
 * files can prove the log without the installation that wrote it.
 */
export function AuditFile() {
  const [share, tell] = useState(/** @type {number | undefined} */ (undefined));
  const [result, show] = useState(/** @type {any} */ (undefined));
  useEffect(() => void verifier(), []);
  const submit = async (/** @type {FormData} */ data) => {
    show(undefined);
    tell(0);
    // A file may be gone, or changed, since it was chosen.
    const answer = await verified(data, tell).catch(() => unreadableFile);
    tell(undefined);
    return answer;
  };
  return html`<details>
    <summary>${t('file.title')}</summary>
    <p>${t('file.text')}</p>
    <${Form} submit=${t('file.verify')} onSubmit=${submit} onDone=${show}>
      <div class="line">
        <${Field} label=${t('file.file')} hint=${t('file.fileHint')} name="file" type="file" required />
        <${Field} label=${t('file.keys')} hint=${t('file.keysHint')} name="keysFile" type="file" accept=".json,application/json" />
      </div>
    <//>
    ${may(o.listReceiptKeys) && html`<${KeepKeys} />`}
    ${share !== undefined && html`<progress max="1" value=${share} aria-label=${t('file.verify')}></progress>`}
    <div role="status">${result && html`<${FileResult} ...${result} />`}</div>
  </details>`;
}
