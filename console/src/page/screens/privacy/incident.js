import { useState } from 'preact/hooks';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { Datum } from '../../parts/datum.js';
import { Evidence } from '../../parts/evidence.js';
import { Table } from '../../parts/table.js';
import { At, Head } from '../../parts/text.js';
import { ask } from '../../request.js';
import { may } from '../../shell/who.js';
import { named, t } from '../../words.js';
import { Deadline } from './incident-deadline.js';
import { CloseIncident, NoteIncident } from './incident-dialogs.js';
import { entryText, titleOf } from './incident-words.js';

/** @param {{incident: any}} given */
const Summary = ({ incident }) => html`<dl class="details">
  <${Datum} label=${t('incidents.state')}>${named('incidentState', incident.state)}<//>
  <${Datum} label=${t('incidents.deadline')}><${Deadline} incident=${incident} /><//>
  <${Datum} label=${t('incidents.risk')}>${named('incidentRisk', incident.risk)}<//>
  <${Datum} label=${t('incidents.persons')}>${incident.persons ?? '–'}<//>
  <${Datum} label=${t('incidents.awareAt')}><${At} at=${incident.awareAt} /><//>
  <${Datum} label=${t('incidents.authorityToldAt')}><${At} at=${incident.authorityToldAt} /><//>
  <${Datum} label=${t('incidents.personsToldAt')}><${At} at=${incident.personsToldAt} /><//>
  <${Datum} label=${t('incidents.openedBy')}>
    ${incident.signal === null ? html`<code>${incident.openedBy}</code>` : named('incidentSignal', incident.signal)}
  <//>
  ${incident.closedAt && html`<${Datum} label=${t('incidents.closedAt')}><${At} at=${incident.closedAt} /><//>`}
  ${incident.outcome && html`<${Datum} label=${t('incidents.outcome')}>${named('incidentOutcome', incident.outcome)}<//>`}
</dl>`;

/** @param {any} entry */
const rowOf = (entry) => [
  html`<${At} at=${entry.at} />`,
  html`<code>${entry.actor}</code>`,
  named('incidentStep', entry.step),
  html`<p class="said">${entry.step.endsWith('-told') ? html`<${At} at=${entry.text} />` : entryText(entry)}</p>`,
];

/** @param {{show: (open: string) => void}} given */
const Actions = ({ show }) => html`<p class="buttons">
  ${may(o.noteIncident) && html`<button type="button" class="main" onClick=${() => show('note')}>${t('incidents.addNote')}</button>`}
  ${may(o.closeIncident) && html`<button type="button" onClick=${() => show('close')}>${t('incidents.close')}</button>`}
</p>`;

/** One incident: what is due, what happened in its order, and what somebody adds to it. @param {{id: string}} given */
export function Screen({ id }) {
  const [open, show] = useState('');
  const asked = useAsked(() => ask(o.showIncident, { incidentId: id }), [id], {
    ...{ resources: ['incidents'], id },
  });
  const given = { id, onClose: () => show(''), onDone: asked.again };
  return html`<${Head} title=${t('incidents.one')}>
      <button type="button" onClick=${asked.again}>${t('state.refresh')}</button>
    <//>
    <p class="way"><a href="/console/incidents">${t('incidents.back')}</a></p>
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ incident) => html`<${Evidence}>
          <h2>${titleOf(incident)}</h2>
          <p><code>${id}</code></p>
          <${Summary} incident=${incident} />
          ${incident.state === 'open' && html`<${Actions} show=${show} />`}
          <${Table}
            caption=${t('incidents.timeline')}
            heads=${[t('incidents.at'), t('incidents.actor'), t('incidents.step'), t('incidents.what')]}
            rows=${incident.timeline.map(rowOf)}
            empty=""
          />
        <//>
        ${open === 'note' && html`<${NoteIncident} ...${given} />`}
        ${open === 'close' && html`<${CloseIncident} ...${given} incident=${incident} />`}`}
    <//>`;
}
