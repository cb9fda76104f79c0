import { useState } from 'preact/hooks';
import { written } from '../../format.js';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Offline, Refused } from '../../parts/asked.js';
import { keepFile } from '../../parts/text.js';
import { ask } from '../../request.js';
import { me } from '../../state.js';
import { locale, t } from '../../words.js';

/** @typedef {import('../../request.js').Answer} Answer */

/**
 * Asks for page after page under one request id, so that the log has one entry of it. A line is written as the server
 * writes it, for its bytes are what `vox audit verify` reads.
 * @param {object} filter @param {(lines: number) => void} tell @returns {Promise<Answer>}
 */
async function exported(filter, tell) {
  const requestId = crypto.randomUUID();
  /** @type {string[]} */
  const lines = [];
  /** @type {unknown} */
  let from;
  do {
    const answer = await ask(o.exportAudit, { filter, from, requestId });
    if (answer.kind !== 'answered') return answer;
    for (const line of answer.body.lines) lines.push(`${JSON.stringify(line)}\n`);
    tell(lines.length);
    from = answer.body.next ?? undefined;
  } while (from !== undefined);
  return { kind: 'answered', body: lines };
}

/**
 * The log, or what the filter selects, as a file that proves itself.
 * @param {{filter: Readonly<Record<string, string>>}} given
 */
export function Export({ filter }) {
  const [lines, setLines] = useState(/** @type {number | undefined} */ (undefined));
  const [trouble, setTrouble] = useState(/** @type {Answer | undefined} */ (undefined));
  const set = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''));
  const begin = async () => {
    setTrouble(undefined);
    setLines(0);
    const answer = await exported(set, setLines);
    setLines(undefined);
    if (answer.kind === 'answered') keepFile(`audit-${me.value?.tenantId}.ndjson`, answer.body, 'application/x-ndjson');
    else setTrouble(answer);
  };
  return html`<p>
      <button type="button" disabled=${lines !== undefined} onClick=${begin}>
        ${Object.keys(set).length > 0 ? t('export.selected') : t('export.all')}
      </button>
    </p>
    <div role="status">${lines !== undefined && html`<p>${t('export.working', { lines: written(locale(), lines) })}</p>`}</div>
    ${trouble?.kind === 'refused' && html`<${Refused} problem=${trouble.problem} again=${begin} />`}
    ${trouble?.kind === 'offline' && html`<${Offline} again=${begin} />`}`;
}
