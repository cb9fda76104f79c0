import { useState } from 'preact/hooks';
import { facts } from '../../facts.js';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { Filters } from '../../parts/filters.js';
import { Field } from '../../parts/form.js';
import { PeriodFields, periodShown, periodWritten } from '../../parts/period.js';
import { Pages, Table, usePlace } from '../../parts/table.js';
import { At, Head } from '../../parts/text.js';
import { ask } from '../../request.js';
import { searched } from '../../router.js';
import { named, t } from '../../words.js';
import { identifiersOf, Matches, PersonSought } from './identifiers.js';

const names = ['purpose', 'given', 'session', 'from', 'to'];
/** What is looked for, as the address has it. */
const sought = () => Object.fromEntries(names.map((name) => [name, searched(name)]));

/** @param {{hear: (data: FormData) => void}} given */
const Filter = ({ hear }) => html`<${Filters}
  values=${{ ...sought(), ...periodShown() }}
  written=${periodWritten}
  hear=${hear}
>
  <${Field}
    label=${t('consents.purpose')}
    name="purpose"
    options=${[['', t('filter.all')], ...facts.lists.purpose.map((each) => [each, named('purpose', each)])]}
  />
  <${Field}
    label=${t('consents.answer')}
    name="given"
    options=${[['', t('filter.all')], ['true', t('consents.given')], ['false', t('consents.refused')]]}
  />
  <${Field} label=${t('consents.session')} name="session" autocomplete="off" spellcheck=${false} />
  <${PersonSought} />
  <${PeriodFields} />
<//>`;

/** @param {any} consent */
const rowOf = ({ at, purpose, given, method, version, textHash, locale, subjectId, receiptId }) => [
  html`<${At} at=${at} />`,
  named('purpose', purpose),
  html`<span class=${`state ${given ? 'done' : 'refused'}`}>${given ? t('consents.given') : t('consents.refused')}</span>`,
  named('method', method),
  version,
  textHash === undefined ? '–' : html`<code>${textHash}</code>`,
  locale ?? '–',
  html`<code>${subjectId}</code>`,
  html`<code>${receiptId}</code>`,
];

const heads = () => [
  ...[t('consents.at'), t('consents.purpose'), t('consents.answer'), t('consents.method'), t('consents.version')],
  ...[t('consents.textHash'), t('consents.locale'), t('consents.person'), t('consents.receipt')],
];

/**
 * What visitors were shown and answered, the newest first, by pseudonyms. An identifier of a person goes to the server
 * alone: it stands in no address. Looking leaves an entry in the audit log.
 */
export function Screen() {
  const [identifiers, setIdentifiers] = useState(/** @type {readonly any[]} */ ([]));
  const { given, session, ...filters } = sought();
  const key = JSON.stringify({ ...sought(), identifiers });
  const [after, setAfter] = usePlace(key, '');
  const fields = {
    ...filters,
    given: given === '' ? undefined : given === 'true',
    sessionId: session,
    identifiers: identifiers.length > 0 ? identifiers : undefined,
  };
  const asked = useAsked(() => ask(o.searchConsents, { ...fields, after, limit: 50 }), [key, after]);
  return html`<${Head} title=${t('menu.consents')}>
      <button type="button" onClick=${asked.again}>${t('state.refresh')}</button>
    <//>
    <p>${t('consents.text')}</p>
    <${Filter} hear=${(/** @type {FormData} */ data) => setIdentifiers(identifiersOf(data))} />
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ { consents, next, matches }) => html`${matches && html`<${Matches} matches=${matches} />`}
        <${Table}
          caption=${t('menu.consents')}
          heads=${heads()}
          rows=${consents.map(rowOf)}
          keys=${consents.map((/** @type {any} */ { receiptId }) => receiptId)}
          empty=${t('consents.none')}
        />
        <${Pages} first=${after === ''} next=${next} onFirst=${() => setAfter('')} onNext=${() => setAfter(next)} />`}
    <//>`;
}
