import { useState } from 'preact/hooks';
import { facts } from '../../facts.js';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { Filters } from '../../parts/filters.js';
import { Field } from '../../parts/form.js';
import { Pages, Table, usePlace } from '../../parts/table.js';
import { At } from '../../parts/text.js';
import { ask } from '../../request.js';
import { searched } from '../../router.js';
import { may } from '../../shell/who.js';
import { named, t } from '../../words.js';
import { ReplayMany, ReplayOne } from './webhook-dialogs.js';

const classes = /** @type {Readonly<Record<string, string>>} */ ({
  delivered: 'done',
  dead: 'missing',
  waiting: 'advised',
});

/** How the last try ended: the status of an answer, or why there was none. @param {{attempts: readonly any[]}} given */
function LastTry({ attempts }) {
  const last = attempts.at(-1);
  if (last === undefined) return '–';
  const { at, outcome, status, milliseconds } = last;
  return html`${status === null ? html`${named('egress', outcome)} <code>${outcome}</code>` : html`<code>HTTP ${status}</code>`}, ${milliseconds} ms<br /><${At} at=${at} />`;
}

/** @param {any} row @param {(row: any) => void} replay */
const rowOf = (row, replay) => [
  html`<${At} at=${row.occurredAt} /><br /><code>${row.messageId}</code>`,
  html`<code class="whole">${row.type}</code>`,
  html`<span class=${`state ${classes[row.state] ?? ''}`}>${named('delivery', row.state)}</span>`,
  row.replays === 0 ? row.tries : t('webhooks.triesAndReplays', { tries: row.tries, replays: row.replays }),
  html`<${LastTry} attempts=${row.attempts} />`,
  html`<${At} at=${row.nextTryAt} />`,
  may(o.replayWebhook) &&
    row.state !== 'waiting' &&
    html`<button type="button" aria-label=${`${t('webhooks.replay')}: ${row.type}, ${row.messageId}`} onClick=${() => replay(row)}>${t('webhooks.replay')}</button>`,
];

const heads = () => [
  ...[t('webhooks.happened'), t('webhooks.event'), t('webhooks.state'), t('webhooks.tries')],
  ...[t('webhooks.lastTry'), t('webhooks.nextTry'), t('table.actions')],
];

/** @param {{endpointId: string}} given */
const Filter = ({ endpointId }) => html`<${Filters} values=${{ endpoint: endpointId, state: searched('state') }}>
  <input type="hidden" name="endpoint" />
  <${Field}
    label=${t('webhooks.state')}
    name="state"
    options=${[['', t('filter.all')], ...facts.lists.delivery.map((each) => [each, named('delivery', each)])]}
  />
<//>`;

/**
 * What was sent to one endpoint, waits or was given up, newest first.
 * @param {{endpointId: string, url: string}} given
 */
export function Deliveries({ endpointId, url }) {
  const [one, replay] = useState(/** @type {any} */ (undefined));
  const [isMany, setMany] = useState(false);
  const state = searched('state');
  const [after, setAfter] = usePlace(state, '');
  const asked = useAsked(() => ask(o.listDeliveries, { endpointId, state, after, limit: 50 }), [state, after], {
    ...{ resources: ['webhooks'], id: endpointId },
  });
  return html`<section>
    <h2>${t('webhooks.deliveriesOf', { url })}</h2>
    <p class="buttons">
      <button type="button" onClick=${asked.again}>${t('state.refresh')}</button>
      ${may(o.replayWebhook) && html`<button type="button" onClick=${() => setMany(true)}>${t('webhooks.replayMany')}</button>`}
    </p>
    <${Filter} endpointId=${endpointId} />
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ { deliveries, next }) => html`<${Table}
          caption=${t('webhooks.deliveries')}
          heads=${heads()}
          rows=${deliveries.map((/** @type {any} */ row) => rowOf(row, replay))}
          keys=${deliveries.map((/** @type {any} */ row) => row.deliveryId)}
          empty=${t('webhooks.noDeliveries')}
        />
        <${Pages} first=${after === ''} next=${next} onFirst=${() => setAfter('')} onNext=${() => setAfter(next)} />`}
    <//>
    ${one !== undefined && html`<${ReplayOne} endpointId=${endpointId} row=${one} onClose=${() => replay(undefined)} onDone=${asked.again} />`}
    ${isMany && html`<${ReplayMany} row=${{ endpointId }} onClose=${() => setMany(false)} onDone=${asked.again} />`}
  </section>`;
}
