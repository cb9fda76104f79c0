import { useState } from 'preact/hooks';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Dialog } from '../../parts/dialog.js';
import { Field, Form, textOf } from '../../parts/form.js';
import { ReasonField } from '../../parts/form-dialog.js';
import { jsonTyped } from '../../parts/schema-form.js';
import { say } from '../../parts/text.js';
import { ask } from '../../request.js';
import { may } from '../../shell/who.js';
import { t } from '../../words.js';
import { Findings } from './findings.js';
import { WouldHaveDone } from './preview.js';
import { previewTools, putTools } from './put-tools.js';
import { TextDifference } from './text-difference.js';

/** @typedef {import('../../request.js').Answer} Answer */
/** @typedef {Readonly<{text: string, tools: readonly unknown[], findings: readonly any[]}>} Checked */

const textFor = (/** @type {unknown} */ tools) => JSON.stringify(tools, null, 2);

/** @param {string} message @returns {Answer} */
const unreadable = (message) => ({
  kind: 'refused',
  problem: { code: 'INVALID_REQUEST', status: 400, userMessage: '', issues: [{ path: 'tools', message }] },
});

/** Lints what was written, and keeps nothing. @param {string} text @returns {Promise<Answer>} */
async function lint(text) {
  const tools = jsonTyped(text)?.value;
  if (!Array.isArray(tools)) return unreadable(t('tools.notList'));
  const linted = tools.length === 0 ? undefined : await ask(o.lintTools, { tools });
  if (linted !== undefined && linted.kind !== 'answered') return linted;
  return { kind: 'answered', body: { text, tools, findings: linted?.body.findings ?? [] } };
}

/**
 * Writes the tools of an agent anew: first it is linted and shown what would change, and then put as a new version of
 * the policy, bound to the one that was read.
 * @param {{policy: any, agentId: string, tools: readonly unknown[], onClose: () => void, onDone: () => void}} given
 */
export function EditTools({ policy, agentId, tools, onClose, onDone }) {
  const before = textFor(tools);
  const [checked, setChecked] = useState(/** @type {Checked | undefined} */ (undefined));
  const isWrong = checked?.findings.some(({ level }) => level === 'error') ?? false;
  const isSame = checked !== undefined && textFor(checked.tools) === before;
  const canPut = checked !== undefined && !isWrong && !isSame;
  /** @param {FormData} data */
  const send = async (data) => {
    const text = String(data.get('tools') ?? '');
    if (canPut && checked.text === text)
      return putTools(policy, { agentId, tools: checked.tools, reason: textOf(data, 'reason') });
    return lint(text);
  };
  /** @param {any} body */
  const finish = (body) => {
    if ('findings' in body) return setChecked(body);
    onClose();
    say(t('tools.done'));
    onDone();
  };
  return html`<${Dialog} title=${t('tools.editTitle', { agent: agentId })} onClose=${onClose}>
    <p>${t('tools.editText')}</p>
    <${Form} submit=${canPut ? t('tools.put') : t('tools.check')} onSubmit=${send} onDone=${finish} onCancel=${onClose}>
    <${Field}
      label=${t('policy.tools')}
      name="tools"
      class="code"
      lines="14"
      initial=${before}
      spellcheck=${false}
      onInput=${() => setChecked(undefined)}
    />
    ${checked && html`<div role="status"><${Findings} findings=${checked.findings} />${isSame && html`<p>${t('versions.same')}</p>`}</div>`}
    ${checked && !isSame && html`<${TextDifference} before=${before} after=${textFor(checked.tools)} />`}
    ${
      canPut &&
      may(o.previewPolicy) &&
      html`<${WouldHaveDone} asks=${(/** @type {number} */ days) => previewTools(policy, { agentId, tools: checked.tools }, days)} />`
    }
    ${canPut && html`<${ReasonField} />`}
    <//>
  <//>`;
}
