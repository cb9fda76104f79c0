import { useState } from 'preact/hooks';
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
import { t } from '../../words.js';
import { identifiersOf, Matches, PersonSought } from '../privacy/identifiers.js';

const names = ['agent', 'from', 'to'];
/** What is looked for, as the address has it. */
const sought = () => Object.fromEntries(names.map((name) => [name, searched(name)]));

/** @param {{hear: (data: FormData) => void}} given */
const Filter = ({ hear }) => html`<${Filters}
  values=${{ ...sought(), ...periodShown() }}
  written=${periodWritten}
  hear=${hear}
>
  <${PersonSought} />
  <${Field} label=${t('transcripts.agent')} name="agent" autocomplete="off" spellcheck=${false} />
  <${PeriodFields} />
<//>`;

/** @param {any} transcript */
const rowOf = ({ sessionId, startedAt, endedAt, agentId, subjectId, messages, finalisedAt, complete }) => [
  html`<a href=${`/console/calls/${sessionId}`}><code>${sessionId}</code></a>`,
  html`<${At} at=${startedAt} />`,
  html`<${At} at=${endedAt} />`,
  html`<code>${agentId}</code>`,
  html`<code>${subjectId}</code>`,
  messages,
  html`<${At} at=${finalisedAt} />`,
  complete ? t('transcripts.complete') : t('transcripts.partial'),
];

const heads = () => [
  ...[t('calls.id'), t('transcripts.startedAt'), t('transcripts.endedAt'), t('transcripts.agent')],
  ...[t('consents.person'), t('call.messages'), t('transcripts.finalisedAt'), t('transcripts.whole')],
];

/**
 * Calls whose words are kept, without a word of them. An identifier of a person goes to the server alone: it stands in
 * no address.
 */
export function Screen() {
  const [identifiers, setIdentifiers] = useState(/** @type {readonly any[]} */ ([]));
  const { agent, ...period } = sought();
  const key = JSON.stringify({ ...sought(), identifiers });
  const [after, setAfter] = usePlace(key, '');
  const whom = identifiers.length > 0 ? identifiers : undefined;
  const fields = { ...period, agentId: agent, identifiers: whom, after, limit: 50 };
  const asked = useAsked(() => ask(o.searchTranscripts, fields), [key, after]);
  return html`<${Head} title=${t('menu.transcripts')}>
      <button type="button" onClick=${asked.again}>${t('state.refresh')}</button>
    <//>
    <p>${t('transcripts.text')}</p>
    <${Filter} hear=${(/** @type {FormData} */ data) => setIdentifiers(identifiersOf(data))} />
    <${Shown} asked=${asked}>
      ${(
        /** @type {any} */ { transcripts, next, matches },
      ) => html`${matches && html`<${Matches} matches=${matches} />`}
        <${Table}
          caption=${t('menu.transcripts')}
          heads=${heads()}
          rows=${transcripts.map(rowOf)}
          keys=${transcripts.map((/** @type {any} */ { sessionId }) => sessionId)}
          empty=${t('transcripts.none')}
        />
        <${Pages} first=${after === ''} next=${next} onFirst=${() => setAfter('')} onNext=${() => setAfter(next)} />`}
    <//>`;
}
