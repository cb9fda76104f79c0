import { useState } from 'preact/hooks';
import { facts } from '../../facts.js';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Field, textOf } from '../../parts/form.js';
import { FormDialog, ReasonField } from '../../parts/form-dialog.js';
import { say } from '../../parts/text.js';
import { ask } from '../../request.js';
import { named, t } from '../../words.js';
import { Identifiers, identifiersOf } from './identifiers.js';

/** What the hold covers, as the form says. @param {FormData} data */
function scopeOf(data) {
  const kind = textOf(data, 'kind');
  if (kind === 'session') return { kind, sessionId: textOf(data, 'sessionId') };
  return kind === 'person' ? { kind, identifiers: identifiersOf(data) } : { kind };
}

/** @param {{onClose: () => void, onDone: () => void}} given */
export function PlaceHold({ onClose, onDone }) {
  const [kind, setKind] = useState(facts.lists.holdKind[0]);
  const choose = (/** @type {any} */ event) => setKind(event.target.value);
  return html`<${FormDialog}
    title=${t('holds.place')}
    submit=${t('holds.place')}
    onSubmit=${(/** @type {FormData} */ data) => ask(o.placeHold, { scope: scopeOf(data), reason: textOf(data, 'reason') })}
    onClose=${onClose}
    onDone=${() => {
      say(t('holds.placed'));
      onDone();
    }}
  >
    <p>${t('holds.placeText')}</p>
    <${Field}
      label=${t('holds.covers')}
      name="kind"
      value=${kind}
      options=${facts.lists.holdKind.map((each) => [each, named('holdKind', each)])}
      onChange=${choose}
    />
    ${kind === 'session' && html`<${Field} label=${t('calls.id')} name="sessionId" required autocomplete="off" spellcheck=${false} />`}
    ${kind === 'person' && html`<${Identifiers} />`}
    <${ReasonField} isRequired=${true} />
  <//>`;
}
