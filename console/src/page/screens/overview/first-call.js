import { useState } from 'preact/hooks';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { Copied, Head } from '../../parts/text.js';
import { ask } from '../../request.js';
import { may } from '../../shell/who.js';
import { snippetOf } from '../../snippet.js';
import { t } from '../../words.js';
import { CreateKey, Snippet } from '../access/key-dialogs.js';
import { keyToShow, stepsOf } from './first-call-steps.js';

/** @typedef {import('./first-call-steps.js').Step} Step */
/** @typedef {Readonly<{agents: readonly any[], keys: readonly any[] | undefined, create: () => void}>} Known */

/** @param {Known} given */
const AgentStep = ({ agents }) => html`<p>
  ${agents.length === 0 ? t('start.noAgent') : agents.map(({ displayName }) => displayName).join(', ')}
  ${' '}<a href="/console/policy">${t('menu.policy')}</a>
</p>`;

/** @param {Known} given */
const KeyStep = ({ keys, create }) => html`<p>
    ${t('start.keyText')} ${may(o.listKeys) && html`<a href="/console/keys">${t('menu.keys')}</a>`}
  </p>
  ${may(o.createKey) && html`<p class="buttons"><button type="button" class=${keyToShow(keys ?? []) ? '' : 'main'} onClick=${create}>${t('keys.create')}</button></p>`}`;

/** @param {Known} given */
function PageStep({ keys = [] }) {
  const key = keyToShow(keys);
  if (key === undefined) return html`<p>${t('start.keyFirst')}</p>`;
  return html`<p>${t('keys.snippetText')}</p>
    <${Copied} text=${snippetOf(location.origin, key.widgetKey)} what=${t('keys.snippet')} />
    <p>${t('start.onPages', { origins: key.origins.join(', ') })}</p>`;
}

/** @param {Known} given */
const TryStep = ({ agents }) => html`<p>${t('start.tryText')}</p>
  ${agents.length > 0 && html`<p class="buttons"><a class="button" href="/console/try">${t('try.title')}</a></p>`}`;

/**
 * @type {Readonly<Record<Step['name'], Readonly<{words: import('../../words.js').Key, Body: (given: Known) => any}>>>}
 */
const bodies = {
  agent: { words: 'start.agent', Body: AgentStep },
  key: { words: 'start.key', Body: KeyStep },
  page: { words: 'start.page', Body: PageStep },
  try: { words: 'start.try', Body: TryStep },
};

/** @param {{step: Step, known: Known}} given */
function StepOf({ step: { name, isDone }, known }) {
  const { words, Body } = bodies[name];
  const state = isDone ? 'done' : 'missing';
  return html`<li>
    <h2>
      ${t(words)}
      ${isDone !== undefined && html` <span class=${`state ${state}`}>${isDone ? t('checklist.done') : t('checklist.missing')}</span>`}
    </h2>
    <${Body} ...${known} />
  </li>`;
}

/** Both lists that the steps are read from, as one answer. */
async function known() {
  const policy = await ask(o.showPolicy);
  if (policy.kind !== 'answered' || !may(o.listKeys)) return policy;
  const keys = await ask(o.listKeys, { limit: 100 });
  return keys.kind === 'answered' ? { ...keys, body: { ...policy.body, keys: keys.body.widgetKeys } } : keys;
}

/** What leads a new tenant to its first call: an agent, a key for a page, the line for the page, and trying it here. */
export function Screen() {
  const [open, show] = useState(/** @type {'create' | {widgetKey: string} | undefined} */ (undefined));
  const asked = useAsked(known, []);
  const made = (/** @type {{widgetKey: string}} */ key) => {
    asked.again();
    show(key);
  };
  return html`<${Head} title=${t('menu.first-call')} />
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ { policy: { agents }, keys }) => html`<ol class="steps">
        ${stepsOf(agents, keys).map(
          (step) =>
            html`<${StepOf} key=${step.name} step=${step} known=${{ agents, keys, create: () => show('create') }} />`,
        )}
      </ol>`}
    <//>
    ${open === 'create' && html`<${CreateKey} onClose=${() => show(undefined)} onDone=${made} />`}
    ${typeof open === 'object' && html`<${Snippet} row=${open} onClose=${() => show(undefined)} />`}`;
}
