import { useState } from 'preact/hooks';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { Dialog } from '../../parts/dialog.js';
import { Filters } from '../../parts/filters.js';
import { Field } from '../../parts/form.js';
import { Later } from '../../parts/later.js';
import { Table } from '../../parts/table.js';
import { Head } from '../../parts/text.js';
import { findingsOf, hostOf, kindOf, secretsOf } from '../../parts/tool-text.js';
import { ask } from '../../request.js';
import { searched } from '../../router.js';
import { may } from '../../shell/who.js';
import { named, t } from '../../words.js';
import { Findings } from './findings.js';

/** @typedef {import('../../request.js').Answer} Answer */
/** @typedef {Readonly<{kind: 'try' | 'show' | 'edit', tool?: any}>} Open */

/** @type {Answer} */
const nothingFound = { kind: 'answered', body: { findings: [] } };

/**
 * The tools of an agent, with what the linter says of them, and the secrets that they may name.
 * @param {string} agentId @param {string} agentSetId @returns {Promise<Answer>}
 */
async function readTools(agentId, agentSetId) {
  const shown = await ask(o.showAgent, { agentId, agentSetId });
  if (shown.kind !== 'answered') return shown;
  const { tools } = shown.body.agent;
  const linted = tools.length === 0 ? nothingFound : await ask(o.lintTools, { tools });
  if (linted.kind !== 'answered') return linted;
  const kept = await ask(o.listSecrets);
  if (kept.kind !== 'answered') return kept;
  return { kind: 'answered', body: { tools, findings: linted.body.findings, secrets: kept.body.secrets } };
}

const secretWords = () => ({ kept: '', missing: t('tools.secretMissing'), elsewhere: t('tools.secretElsewhere') });

/** @param {{tool: any, secrets: readonly any[]}} given */
function Secrets({ tool, secrets }) {
  const all = secretsOf(tool, secrets);
  if (all.length === 0) return '–';
  return html`<ul class="plain">
    ${all.map(({ name, state }) => html`<li><code class="whole">${name}</code> <span class="state missing">${secretWords()[state]}</span></li>`)}
  </ul>`;
}

const tryTool = async () => (await import('./try-tool.js')).TryTool;
const editTools = async () => (await import('./edit-tools.js')).EditTools;

const isTried = (/** @type {any} */ tool) => tool.kind === 'http_tool' || tool.kind === 'mcp_tool';

/** @param {any} body @param {(open: Open) => void} open */
const rowsOf = ({ tools, findings, secrets }, open) =>
  tools.map((/** @type {any} */ tool, /** @type {number} */ at) => {
    /** @param {Open['kind']} kind @param {string} text */
    const button = (kind, text) =>
      html`<button type="button" aria-label=${`${text}: ${tool.name}`} onClick=${() => open({ kind, tool })}>${text}</button>`;
    return [
      html`<code class="whole">${tool.name}</code>`,
      named('toolKind', kindOf(tool)),
      tool.description ?? '–',
      hostOf(tool) ?? '–',
      html`<${Secrets} tool=${tool} secrets=${secrets} />`,
      html`<${Findings} findings=${findingsOf(findings, at)} />`,
      html`<div class="actions">
        ${isTried(tool) && may(o.tryTool) && button('try', t('tools.try'))} ${button('show', t('policy.show'))}
      </div>`,
    ];
  });

const heads = () => [
  ...[t('policy.tool'), t('policy.kind'), t('policy.description'), t('tools.host'), t('menu.secrets')],
  ...[t('tools.lint'), t('table.actions')],
];

/** @param {{agentId: string, policy: any, again: () => void}} given */
function Tools({ agentId, policy, again }) {
  const [open, show] = useState(/** @type {Open | undefined} */ (undefined));
  const asked = useAsked(() => readTools(agentId, policy.agentSetId), [agentId, policy.agentSetId]);
  const close = () => show(undefined);
  return html`<${Shown} asked=${asked}>
    ${(/** @type {any} */ body) => html`<${Table}
        caption=${t('tools.of', { agent: agentId })}
        heads=${heads()}
        rows=${rowsOf(body, show)}
        empty=${t('policy.noTools')}
      />
      ${may(o.putPolicy) && html`<p class="buttons"><button type="button" onClick=${() => show({ kind: 'edit' })}>${t('tools.edit')}</button></p>`}
      ${open?.kind === 'try' && html`<${Later} load=${tryTool} agentId=${agentId} tool=${open.tool} onClose=${close} />`}
      ${
        open?.kind === 'show' &&
        html`<${Dialog} title=${open.tool.name} onClose=${close}>
          <pre class="text" tabindex="0" aria-label=${open.tool.name}>${JSON.stringify(open.tool, null, 2)}</pre>
        <//>`
      }
      ${
        open?.kind === 'edit' &&
        html`<${Later} load=${editTools} policy=${policy} agentId=${agentId} tools=${body.tools} onClose=${close} onDone=${again} />`
      }`}
  <//>`;
}

/** The tools of each agent: how they are sent, what the linter says, trying one, and writing them anew. */
export function Screen() {
  const asked = useAsked(() => ask(o.showPolicy), []);
  const agent = searched('agent');
  return html`<${Head} title=${t('menu.tools')} />
    <p>${t('tools.about')}</p>
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ { policy }) => {
        const ids = policy.agents.map((/** @type {any} */ each) => each.agentId);
        const agentId = ids.includes(agent) ? agent : ids[0];
        const options = policy.agents.map((/** @type {any} */ each) => [each.agentId, each.displayName]);
        return html`<${Filters} values=${{ agent: agentId }}>
            <${Field} label=${t('policy.agent')} name="agent" options=${options} />
          <//>
          <${Tools} key=${agentId} agentId=${agentId} policy=${policy} again=${asked.again} />`;
      }}
    <//>`;
}
