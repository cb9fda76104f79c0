import { useState } from 'preact/hooks';
import { dollars } from '../format.js';
import { html } from '../html.js';
import { operations as o } from '../operations.js';
import { Shown, useAsked } from '../parts/asked.js';
import { Table } from '../parts/table.js';
import { At, Head } from '../parts/text.js';
import { ask } from '../request.js';
import { may } from '../shell/who.js';
import { locale, named, t } from '../words.js';
import { EndCall } from './end-call.js';

/** A value of the records as people read it. @param {string} what @param {string} name @param {unknown} value */
function shown(what, name, value) {
  if (name === 'reason') return named(what === 'denied' ? 'denial' : 'end', String(value));
  if (name.endsWith('At') && typeof value === 'string') return html`<${At} at=${value} />`;
  return name.toLowerCase().endsWith('micros') ? dollars(locale(), Number(value)) : String(value);
}

/**
 * What is known of one event, by the names of the records.
 * @param {{what: string, details: Record<string, unknown>}} given
 */
const Details = ({ what, details }) => html`<dl class="details">
  ${Object.entries(details).map(([name, value]) => html`<div><dt>${name}</dt><dd>${shown(what, name, value)}</dd></div>`)}
</dl>`;

/** One call on one timeline, without its words and without the person. @param {{id: string}} given */
export function Screen({ id }) {
  const [isEnding, setEnding] = useState(false);
  const asked = useAsked(() => ask(o.showCall, { sessionId: id }), [id]);
  return html`<${Head} title=${t('call.title')}>
      <button type="button" onClick=${asked.again}>${t('state.refresh')}</button>
    <//>
    <p><a href="/console/calls">${t('call.back')}</a></p>
    <p><code>${id}</code></p>
    ${may(o.searchConsents) && html`<p><a href=${`/console/consents?session=${id}`}>${t('consents.ofCall')}</a></p>`}
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ { state, lastSeenAt, transcriptMessages, timeline }) => html`<dl class="details">
          <div><dt>${t('call.state')}</dt><dd>${named('callState', state)}</dd></div>
          <div><dt>${t('call.seen')}</dt><dd><${At} at=${lastSeenAt} /></dd></div>
          <div><dt>${t('call.messages')}</dt><dd>${transcriptMessages}</dd></div>
        </dl>
        ${
          state === 'live' &&
          may(o.endCall) &&
          html`<p><button type="button" class="danger" onClick=${() => setEnding(true)}>${t('calls.end')}</button></p>`
        }
        <${Table}
          caption=${t('call.timeline')}
          heads=${[t('call.at'), t('call.what'), t('call.details')]}
          rows=${timeline.map((/** @type {any} */ entry) => [
            html`<${At} at=${entry.at} />`,
            named('timeline', entry.what),
            html`<${Details} what=${entry.what} details=${entry.details} />`,
          ])}
          empty=${t('call.nothing')}
        />`}
    <//>
    ${isEnding && html`<${EndCall} id=${id} onClose=${() => setEnding(false)} onDone=${asked.again} />`}`;
}
