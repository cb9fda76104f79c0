import { useState } from 'preact/hooks';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { Datum } from '../../parts/datum.js';
import { At, Head } from '../../parts/text.js';
import { ask } from '../../request.js';
import { may } from '../../shell/who.js';
import { named, t } from '../../words.js';
import { EndCall } from './end-call.js';
import { ReadWords } from './read-words.js';
import { Timeline } from './timeline.js';

/** @typedef {'' | 'end' | 'read'} Open */

/** What somebody may do with the call. @param {{call: any, isRead: boolean, show: (open: Open) => void}} given */
const Actions = ({ call: { state, transcriptMessages }, isRead, show }) => html`<p class="buttons">
  ${
    state === 'live' &&
    may(o.endCall) &&
    html`<button type="button" class="danger" onClick=${() => show('end')}>${t('calls.end')}</button>`
  }
  ${
    transcriptMessages > 0 &&
    may(o.readTranscript) &&
    html`<button type="button" onClick=${() => show('read')}>${isRead ? t('transcripts.again') : t('transcripts.read')}</button>`
  }
</p>`;

/**
 * One call on one timeline, without the person. What was said is there once somebody has given a reason to read it.
 * @param {{id: string}} given
 */
export function Screen({ id }) {
  const [open, show] = useState(/** @type {Open} */ (''));
  const [words, setWords] = useState(/** @type {readonly any[]} */ ([]));
  const asked = useAsked(() => ask(o.showCall, { sessionId: id }), [id]);
  const onClose = () => show('');
  return html`<${Head} title=${t('call.title')}>
      <button type="button" onClick=${asked.again}>${t('state.refresh')}</button>
    <//>
    <p><a href="/console/calls">${t('call.back')}</a></p>
    <p><code>${id}</code></p>
    ${may(o.searchConsents) && html`<p><a href=${`/console/consents?session=${id}`}>${t('consents.ofCall')}</a></p>`}
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ call) => html`<dl class="details">
          <${Datum} label=${t('call.state')}>${named('callState', call.state)}<//>
          <${Datum} label=${t('call.seen')}><${At} at=${call.lastSeenAt} /><//>
          <${Datum} label=${t('call.trace')}>${call.traceId === null ? '–' : html`<code class="whole">${call.traceId}</code>`}<//>
          <${Datum} label=${t('call.messages')}>${call.transcriptMessages}<//>
        </dl>
        <${Actions} call=${call} isRead=${words.length > 0} show=${show} />
        <${Timeline} timeline=${call.timeline} words=${words} />`}
    <//>
    ${open === 'end' && html`<${EndCall} id=${id} onClose=${onClose} onDone=${asked.again} />`}
    ${open === 'read' && html`<${ReadWords} id=${id} onClose=${onClose} onDone=${setWords} />`}`;
}
