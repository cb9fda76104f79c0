import { useState } from 'preact/hooks';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { Dialog } from '../../parts/dialog.js';
import { Later } from '../../parts/later.js';
import { Table } from '../../parts/table.js';
import { Head } from '../../parts/text.js';
import { ask } from '../../request.js';
import { may } from '../../shell/who.js';
import { t } from '../../words.js';
import { Versions } from './versions.js';

/** What one agent is told, and its tools. @param {{agentSetId: string, agent: any, onClose: () => void}} given */
function Agent({ agentSetId, agent: { agentId, displayName }, onClose }) {
  const asked = useAsked(() => ask(o.showAgent, { agentId, agentSetId }), []);
  return html`<${Dialog} title=${displayName} onClose=${onClose}>
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ { agent }) => html`<h3>${t('policy.instructions')}</h3>
        <pre class="text" tabindex="0" aria-label=${t('policy.instructions')}>${agent.instructions}</pre>
        <h3>${t('policy.tools')}</h3>
        <${Table}
          caption=${t('policy.tools')}
          heads=${[t('policy.tool'), t('policy.kind'), t('policy.description')]}
          rows=${agent.tools.map((/** @type {any} */ tool) => [tool.name, tool.kind ?? tool.type, tool.description ?? ''])}
          empty=${t('policy.noTools')}
        />`}
    <//>
  <//>`;
}

/** @param {{policy: any}} given */
function Agents({ policy: { agents, agentSetId } }) {
  const [shown, show] = useState(/** @type {any} */ (undefined));
  return html`<${Table}
      caption=${t('policy.agents')}
      heads=${[t('policy.agent'), t('policy.models'), t('policy.voices'), t('policy.provider'), t('policy.told'), t('table.actions')]}
      rows=${agents.map((/** @type {any} */ agent) => [
        html`${agent.displayName}<br /><code>${agent.agentId}</code>`,
        agent.models.join(', '),
        agent.voices.join(', '),
        [agent.provider ?? 'openai', agent.region].filter(Boolean).join(', '),
        t('policy.bytes', { count: agent.openingBytes }),
        may(o.showAgent) &&
          html`<button type="button" aria-label=${`${t('policy.show')}: ${agent.displayName}`} onClick=${() => show(agent)}>
            ${t('policy.show')}
          </button>`,
      ])}
      empty=${t('policy.noAgents')}
    />
    ${shown && html`<${Agent} agentSetId=${agentSetId} agent=${shown} onClose=${() => show(undefined)} />`}`;
}

/**
 * The rest of a policy, part by part, as it is in force. Keys, agents and limits have places of their own.
 * @param {{policy: any, notices: any}} given
 */
function Rest({ policy, notices }) {
  const { agents: _agents, agentSetId: _set, keys: _keys, limits: _limits, overrides: _overrides, ...rest } = policy;
  return html`<dl class="details">
    ${Object.entries({ ...rest, notices }).map(
      ([name, value]) => html`<div>
        <dt>${name}</dt>
        <dd>${value !== null && typeof value === 'object' ? html`<pre class="text">${JSON.stringify(value, null, 2)}</pre>` : String(value)}</dd>
      </div>`,
    )}
  </dl>`;
}

const tryPolicy = async () => (await import('./try-policy.js')).TryPolicy;

/** A change to try, before it is written elsewhere. @param {{policy: any}} given */
function Try({ policy }) {
  const [isOpen, open] = useState(false);
  return html`<p class="buttons"><button type="button" onClick=${() => open(true)}>${t('preview.try')}</button></p>
    ${isOpen && html`<${Later} load=${tryPolicy} policy=${policy} onClose=${() => open(false)} />`}`;
}

/** Agents and the policy in force, and its versions. It is written with `vox` or over the API. */
export function Screen() {
  const asked = useAsked(() => ask(o.showPolicy), []);
  return html`<${Head} title=${t('menu.policy')} />
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ { policy, notices }) => html`<p>${t('policy.version', { version: policy.version })}</p>
        <${Agents} policy=${policy} />
        <details><summary>${t('policy.rest')}</summary><${Rest} policy=${policy} notices=${notices} /></details>
        ${may(o.previewPolicy) && html`<${Try} policy=${policy} />`}
        <${Versions} current=${policy.version} onRolledBack=${asked.again} />`}
    <//>`;
}
