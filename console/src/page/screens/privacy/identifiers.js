import { useState } from 'preact/hooks';
import { facts } from '../../facts.js';
import { html } from '../../html.js';
import { Field, textOf } from '../../parts/form.js';
import { Table } from '../../parts/table.js';
import { named, t } from '../../words.js';

/** As many as a question takes. */
const most = 8;

/** The identifiers that were written. @param {FormData} data */
export const identifiersOf = (data) =>
  Array.from({ length: most }, (_, at) => ({
    kind: textOf(data, `kind-${at}`),
    value: textOf(data, `value-${at}`),
  })).filter(({ value }) => value !== '');

const options = () => facts.lists.identifier.map((each) => [each, named('identifier', each)]);

/** Fields for one identifier in the form above a list. What is typed there stands in no address. */
export const PersonSought = () => html`<${Field}
    label=${t('privacy.identifierKind')}
    name="kind-0"
    options=${options()}
  />
  <${Field} label=${t('privacy.identifier')} name="value-0" autocomplete="off" spellcheck=${false} />`;

/** How many persons each identifier led to. @param {{matches: readonly any[]}} given */
export const Matches = ({ matches }) => html`<${Table}
  caption=${t('privacy.matches')}
  heads=${[t('privacy.identifierKind'), t('privacy.persons')]}
  rows=${matches.map(({ kind, subjects }) => [named('identifier', kind), subjects])}
  empty=${t('privacy.noMatches')}
/>`;

/** Fields for the identifiers of one person: one at first, and more on demand. */
export function Identifiers() {
  const [count, setCount] = useState(1);
  return html`<fieldset>
    <legend>${t('privacy.identifiers')}</legend>
    <p class="hint">${t('privacy.identifiersHint')}</p>
    ${Array.from(
      { length: count },
      (_, at) => html`<div class="line" key=${at}>
        <${Field} label=${t('privacy.identifierKind')} name=${`kind-${at}`} options=${options()} />
        <${Field} label=${t('privacy.identifier')} name=${`value-${at}`} autocomplete="off" required=${at === 0} />
      </div>`,
    )}
    ${count < most && html`<button type="button" onClick=${() => setCount(count + 1)}>${t('privacy.another')}</button>`}
  </fieldset>`;
}
