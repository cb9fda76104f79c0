import { useState } from 'preact/hooks';
import { facts } from '../../facts.js';
import { momentTyped } from '../../format.js';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Field, textOf } from '../../parts/form.js';
import { FormDialog, ReasonField } from '../../parts/form-dialog.js';
import { ask } from '../../request.js';
import { named, t } from '../../words.js';

/**
 * Opens an incident. Its id is chosen here, so that asking again after a lost line opens no second one.
 * @param {{onClose: () => void, onDone: (incident: any) => void}} given
 */
export function OpenIncident({ onClose, onDone }) {
  const [incidentId] = useState(() => crypto.randomUUID());
  /** @param {FormData} data */
  const open = (data) =>
    ask(o.openIncident, {
      incidentId,
      title: textOf(data, 'title'),
      note: textOf(data, 'note'),
      awareAt: momentTyped(textOf(data, 'awareAt')),
      risk: textOf(data, 'risk'),
      reason: textOf(data, 'reason'),
    });
  return html`<${FormDialog}
    title=${t('incidents.open')}
    submit=${t('incidents.open')}
    onSubmit=${open}
    onClose=${onClose}
    onDone=${onDone}
  >
    <p>${t('incidents.openText')}</p>
    <${Field} label=${t('incidents.title')} hint=${t('incidents.titleHint')} name="title" required maxlength="120" autocomplete="off" />
    <${Field} label=${t('incidents.note')} hint=${t('incidents.noteHint')} name="note" lines="4" maxlength="2000" />
    <${Field} label=${t('incidents.awareAt')} hint=${t('incidents.awareAtHint')} name="awareAt" type="datetime-local" />
    <${Field}
      label=${t('incidents.risk')}
      name="risk"
      initial="unknown"
      options=${facts.lists.incidentRisk.map((each) => [each, named('incidentRisk', each)])}
    />
    <${ReasonField} />
  <//>`;
}
