import { useState } from 'preact/hooks';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { Datum } from '../../parts/datum.js';
import { Evidence } from '../../parts/evidence.js';
import { Table } from '../../parts/table.js';
import { At, Copied, Head } from '../../parts/text.js';
import { ask } from '../../request.js';
import { may } from '../../shell/who.js';
import { named, t } from '../../words.js';
import { FetchArchive } from './fetch-archive.js';
import { Matches } from './identifiers.js';

/** @param {{request: any}} given */
const Summary = ({ request }) => html`<dl class="details">
  <${Datum} label=${t('privacy.kind')}>${named('privacyKind', request.kind)}<//>
  <${Datum} label=${t('privacy.law')}>${named('law', request.law)}<//>
  <${Datum} label=${t('privacy.state')}>${named('privacyState', request.state)}<//>
  <${Datum} label=${t('privacy.received')}><${At} at=${request.receivedAt} /><//>
  <${Datum} label=${t('privacy.due')}><${At} at=${request.dueAt} /><//>
  ${request.next && html`<${Datum} label=${t('privacy.next')}>${named('privacyStep', request.next)}<//>`}
  ${request.holdId && html`<${Datum} label=${t('privacy.hold')}><code>${request.holdId}</code><//>`}
</dl>`;

/**
 * One request of a person: how far it is, the evidence of each step, its receipt, and the archive.
 * @param {{id: string}} given
 */
export function Screen({ id }) {
  const [isFetching, setFetching] = useState(false);
  const asked = useAsked(() => ask(o.showPrivacyRequest, { privacyRequestId: id }), [id], {
    ...{ resources: ['privacy-requests'], id },
  });
  return html`<${Head} title=${t('privacy.title')}>
      <button type="button" onClick=${asked.again}>${t('state.refresh')}</button>
    <//>
    <p class="way"><a href="/console/privacy">${t('privacy.back')}</a></p>
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ request) => html`<${Evidence}>
        <p><code>${id}</code></p>
        <${Summary} request=${request} />
        ${request.openSessionIds.length > 0 && html`<p class="trouble">${t('privacy.partial', { count: request.openSessionIds.length })}</p>`}
        <${Table}
          caption=${t('privacy.evidence')}
          heads=${[t('privacy.step'), t('privacy.doneAt'), t('privacy.count')]}
          rows=${request.evidence.map((/** @type {any} */ { step, at, count }) => [named('privacyStep', step), html`<${At} at=${at} />`, count])}
          empty=${t('privacy.noEvidence')}
        />
        ${request.matches !== null && html`<${Matches} matches=${request.matches} />`}
        ${request.receipt !== null && html`<h2>${t('privacy.receipt')}</h2><${Copied} text=${request.receipt} what=${t('privacy.receipt')} />`}
        ${
          request.archiveUntil !== null &&
          may(o.readExport) &&
          html`<p>${t('privacy.archiveUntil')} <${At} at=${request.archiveUntil} /></p>
            <p><button type="button" onClick=${() => setFetching(true)}>${t('privacy.fetch')}</button></p>`
        }
      <//>`}
    <//>
    ${isFetching && html`<${FetchArchive} id=${id} onClose=${() => setFetching(false)} />`}`;
}
