import { useState } from 'preact/hooks';
import { facts } from '../../facts.js';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { CsvButton } from '../../parts/csv.js';
import { Filters } from '../../parts/filters.js';
import { Field } from '../../parts/form.js';
import { Pages, Table, usePlace } from '../../parts/table.js';
import { At, Head } from '../../parts/text.js';
import { useWanted } from '../../parts/wanted.js';
import { ask } from '../../request.js';
import { go, searched } from '../../router.js';
import { may } from '../../shell/who.js';
import { me } from '../../state.js';
import { named, t } from '../../words.js';
import { Deadline } from './incident-deadline.js';
import { titleOf } from './incident-words.js';
import { OpenIncident } from './open-incident.js';

/** @param {{filters: Readonly<Record<string, string>>}} given */
const Filter = ({ filters }) => html`<${Filters} values=${filters}>
  <${Field}
    label=${t('incidents.state')}
    name="state"
    options=${[['', t('filter.all')], ...facts.lists.incidentState.map((each) => [each, named('incidentState', each)])]}
  />
  <${Field}
    label=${t('incidents.deadline')}
    name="overdue"
    options=${[['', t('filter.all')], ['true', t('incidents.overdue')]]}
  />
<//>`;

/** @param {any} incident */
const rowOf = (incident) => [
  html`<a href=${`/console/incidents/${incident.incidentId}`}>${titleOf(incident)}</a>`,
  named('incidentState', incident.state),
  html`<${Deadline} incident=${incident} />`,
  named('incidentRisk', incident.risk),
  incident.persons ?? '–',
  incident.signal === null ? html`<code>${incident.openedBy}</code>` : named('incidentSignal', incident.signal),
  html`<${At} at=${incident.awareAt} />`,
  html`<${At} at=${incident.authorityToldAt} />`,
  incident.outcome === null ? '–' : named('incidentOutcome', incident.outcome),
];

const heads = () => [
  ...[t('incidents.title'), t('incidents.state'), t('incidents.deadline'), t('incidents.risk'), t('incidents.persons')],
  ...[t('incidents.openedBy'), t('incidents.awareAt'), t('incidents.authorityToldAt'), t('incidents.outcome')],
];

/** The register of incidents, the one that is due first at the head. */
export function Screen() {
  const [isOpen, setOpen] = useState(false);
  const filters = { state: searched('state'), overdue: searched('overdue') };
  const key = JSON.stringify(filters);
  const [after, setAfter] = usePlace(key, '');
  const asked = useAsked(() => ask(o.listIncidents, { ...filters, after, limit: 50 }), [key, after], {
    resources: ['incidents'],
  });
  useWanted('open', o.openIncident, () => setOpen(true));
  return html`<${Head} title=${t('menu.incidents')}>
      <button type="button" onClick=${asked.again}>${t('state.refresh')}</button>
      <${CsvButton} operation=${o.listIncidents} fields=${filters} cursor="after" name=${`incidents-${me.value?.tenantId}`} />
      ${may(o.openIncident) && html`<button type="button" class="main" onClick=${() => setOpen(true)}>${t('incidents.open')}</button>`}
    <//>
    <p>${t('incidents.text')}</p>
    <${Filter} filters=${filters} />
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ { incidents, next }) => html`<${Table}
          caption=${t('menu.incidents')}
          heads=${heads()}
          rows=${incidents.map(rowOf)}
          keys=${incidents.map((/** @type {any} */ { incidentId }) => incidentId)}
          empty=${t('incidents.none')}
        />
        <${Pages} first=${after === ''} next=${next} onFirst=${() => setAfter('')} onNext=${() => setAfter(next)} />`}
    <//>
    ${
      isOpen &&
      html`<${OpenIncident}
        onClose=${() => setOpen(false)}
        onDone=${(/** @type {any} */ { incidentId }) => go(`/console/incidents/${incidentId}`)}
      />`
    }`;
}
