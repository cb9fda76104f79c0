import { useState } from 'preact/hooks';
import { written } from '../../format.js';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Offline, Refused } from '../../parts/asked.js';
import { Evidence } from '../../parts/evidence.js';
import { ask } from '../../request.js';
import { locale, named, t } from '../../words.js';

/** @typedef {import('../../request.js').Answer} Answer */
/** @typedef {Readonly<{entries: number, checkpoints: number, isDone: boolean, broken: any, trouble?: Answer}>} Found */

/** @type {Found} */
const nothing = { entries: 0, checkpoints: 0, isDone: false, broken: null };

/** Verifies part after part, and tells after each how far it is. @param {(found: Found) => void} tell */
async function verify(tell) {
  let found = nothing;
  tell(found);
  /** @type {unknown} */
  let from;
  do {
    const answer = await ask(o.verifyAudit, { from });
    if (answer.kind !== 'answered') return tell({ ...found, isDone: true, trouble: answer });
    const { entries, checkpoints, broken, next } = answer.body;
    found = { ...found, entries: found.entries + entries, checkpoints: found.checkpoints + checkpoints, broken };
    tell(found);
    from = next ?? undefined;
  } while (from !== undefined);
  tell({ ...found, isDone: true });
}

/** @param {Found} found */
function sentence({ entries, checkpoints, isDone, broken }) {
  const values = { entries: written(locale(), entries), checkpoints: written(locale(), checkpoints) };
  if (!isDone) return t('verify.working', values);
  if (broken === null) return t('verify.sound', values);
  return t('verify.broken', { sequence: broken.sequence, cause: named('break', broken.cause) });
}

/** Whether the log is whole, read by the server from its beginning. */
export function Verify() {
  const [found, setFound] = useState(/** @type {Found | undefined} */ (undefined));
  const begin = () => void verify(setFound);
  const trouble = found?.trouble;
  return html`<p>
      <button type="button" disabled=${found !== undefined && !found.isDone} onClick=${begin}>${t('verify.begin')}</button>
      ${found && !found.isDone && html` <progress aria-label=${t('verify.begin')}></progress>`}
    </p>
    <div role="status">
      ${found && !trouble && !found.isDone && html`<p>${sentence(found)}</p>`}
      ${found?.isDone && !trouble && html`<${Evidence}><p class=${found.broken ? 'trouble' : ''}>${sentence(found)}</p><//>`}
    </div>
    ${trouble?.kind === 'refused' && html`<${Refused} problem=${trouble.problem} again=${begin} />`}
    ${trouble?.kind === 'offline' && html`<${Offline} again=${begin} />`}`;
}
