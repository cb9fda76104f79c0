import { useState } from 'preact/hooks';
import { facts } from '../facts.js';
import { html } from '../html.js';
import { Field, textOf } from '../parts/form.js';
import { named, t } from '../words.js';

/** As many as a question takes. */
const most = 8;

/** The identifiers that were written. @param {FormData} data */
export const identifiersOf = (data) =>
  Array.from({ length: most }, (_, at) => ({
    kind: textOf(data, `kind-${at}`),
    value: textOf(data, `value-${at}`),
  })).filter(({ value }) => value !== '');

/** Fields for the identifiers of one person: one at first, and more on demand. */
export function Identifiers() {
  const [count, setCount] = useState(1);
  const options = facts.lists.identifier.map((each) => [each, named('identifier', each)]);
  return html`<fieldset>
    <legend>${t('privacy.identifiers')}</legend>
    <p class="hint">${t('privacy.identifiersHint')}</p>
    ${Array.from(
      { length: count },
      (_, at) => html`<div class="line" key=${at}>
        <${Field} label=${t('privacy.identifierKind')} name=${`kind-${at}`} options=${options} />
        <${Field} label=${t('privacy.identifier')} name=${`value-${at}`} autocomplete="off" required=${at === 0} />
      </div>`,
    )}
    ${count < most && html`<button type="button" onClick=${() => setCount(count + 1)}>${t('privacy.another')}</button>`}
  </fieldset>`;
}
