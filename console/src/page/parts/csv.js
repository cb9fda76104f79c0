import { useState } from 'preact/hooks';
import { html } from '../html.js';
import { ask } from '../request.js';
import { locale, t } from '../words.js';
import { Offline, Refused } from './asked.js';
import { keepFile } from './text.js';

/** @typedef {import('../request.js').Answer} Answer */

/** Spreadsheets split at a semicolon where the comma is the decimal sign. @param {string} language */
export const separatorFor = (language) => (new Intl.NumberFormat(language).format(1.5).includes(',') ? ';' : ',');

/**
 * All pages of a list as one file. Each page begins with the names of the columns, and the file has them once.
 * @param {(cursor: string | undefined) => Promise<Answer>} askPage @returns {Promise<Answer>}
 */
export async function wholeCsv(askPage) {
  let text = '';
  /** @type {string | undefined} */
  let cursor;
  do {
    const answer = await askPage(cursor);
    if (answer.kind !== 'answered') return answer;
    const page = String(answer.body.text);
    text += text === '' ? page : page.slice(page.indexOf('\n') + 1);
    cursor = answer.body.next ?? undefined;
  } while (cursor !== undefined);
  return { kind: 'answered', body: text };
}

/**
 * A list as a file for a spreadsheet, as the server writes it. `cursor` is the field that continues a list.
 * @param {{operation: import('../operations.js').Operation, fields: object, cursor: string, name: string}} given
 */
export function CsvButton({ operation, fields, cursor, name }) {
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState(/** @type {Answer | undefined} */ (undefined));
  const fetchIt = async () => {
    setBusy(true);
    setTrouble(undefined);
    const separator = separatorFor(locale());
    const answer = await wholeCsv((at) => ask(operation, { ...fields, separator, [cursor]: at }, { asCsv: true }));
    setBusy(false);
    if (answer.kind !== 'answered') return setTrouble(answer);
    // Reading the answer took the mark away by which a spreadsheet knows UTF-8.
    keepFile(`${name}.csv`, ['\ufeff', answer.body], 'text/csv');
  };
  return html`<button type="button" disabled=${isBusy} onClick=${fetchIt}>${t('csv.save')}</button>
    ${trouble?.kind === 'refused' && html`<${Refused} problem=${trouble.problem} />`}
    ${trouble?.kind === 'offline' && html`<${Offline} again=${fetchIt} />`}`;
}
