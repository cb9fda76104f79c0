import { facts } from '../../facts.js';
import { momentTyped } from '../../format.js';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Field, textOf } from '../../parts/form.js';
import { Confirm, FormDialog, ReasonField } from '../../parts/form-dialog.js';
import { say } from '../../parts/text.js';
import { ask } from '../../request.js';
import { named, t } from '../../words.js';

/** @typedef {{id: string, onClose: () => void, onDone: () => void}} Given */

/** @param {FormData} data @param {string} name */
const momentOf = (data, name) => momentTyped(textOf(data, name));

/** @param {string} id @param {FormData} data */
const note = (id, data) => {
  const persons = textOf(data, 'persons');
  return ask(o.noteIncident, {
    incidentId: id,
    note: textOf(data, 'note'),
    risk: textOf(data, 'risk'),
    persons: persons === '' ? undefined : Number(persons),
    authorityToldAt: momentOf(data, 'authorityToldAt'),
    personsToldAt: momentOf(data, 'personsToldAt'),
    reason: textOf(data, 'reason'),
  });
};

/** More is known, or somebody was told. @param {Given} given */
export const NoteIncident = ({ id, onClose, onDone }) => html`<${FormDialog}
  title=${t('incidents.addNote')}
  submit=${t('incidents.addNote')}
  onSubmit=${(/** @type {FormData} */ data) => note(id, data)}
  onClose=${onClose}
  onDone=${onDone}
>
  <${Field} label=${t('incidents.note')} hint=${t('incidents.noteHint')} name="note" lines="4" maxlength="2000" />
  <${Field}
    label=${t('incidents.risk')}
    name="risk"
    options=${[['', t('incidents.unchanged')], ...facts.lists.incidentRisk.map((each) => [each, named('incidentRisk', each)])]}
  />
  <${Field} label=${t('incidents.persons')} hint=${t('incidents.personsHint')} name="persons" type="number" min="0" />
  <${Field} label=${t('incidents.authorityToldAt')} name="authorityToldAt" type="datetime-local" />
  <${Field} label=${t('incidents.personsToldAt')} name="personsToldAt" type="datetime-local" />
  <${ReasonField} />
<//>`;

/** The end of an incident, which stays in the register. @param {Given & {incident: any}} given */
export const CloseIncident = ({ id, incident, onClose, onDone }) => html`<${Confirm}
  title=${t('incidents.close')}
  text=${t('incidents.closeText')}
  submit=${t('incidents.close')}
  needsReason=${true}
  onSubmit=${(/** @type {FormData} */ data) =>
    ask(o.closeIncident, {
      incidentId: id,
      outcome: textOf(data, 'outcome'),
      authorityToldAt: momentOf(data, 'authorityToldAt'),
      reason: textOf(data, 'reason'),
    })}
  onClose=${onClose}
  onDone=${() => {
    say(t('incidents.closed'));
    onDone();
  }}
>
  <${Field}
    label=${t('incidents.outcome')}
    name="outcome"
    options=${facts.lists.incidentOutcome.map((each) => [each, named('incidentOutcome', each)])}
  />
  ${
    incident.authorityToldAt === null &&
    html`<${Field} label=${t('incidents.authorityToldAt')} name="authorityToldAt" type="datetime-local" />`
  }
<//>`;
