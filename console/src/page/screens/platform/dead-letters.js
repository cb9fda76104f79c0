import { useState } from 'preact/hooks';
import { written } from '../../format.js';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { Filters } from '../../parts/filters.js';
import { Field, textOf } from '../../parts/form.js';
import { Confirm } from '../../parts/form-dialog.js';
import { Pages, Table, usePlace } from '../../parts/table.js';
import { At, say } from '../../parts/text.js';
import { ask } from '../../request.js';
import { searched } from '../../router.js';
import { may } from '../../shell/who.js';
import { locale, named, t } from '../../words.js';
import { moving } from './moving.js';

/** @typedef {Readonly<{kind: 'replay' | 'drop', row: any}>} Open */

/** Says what became of a letter. @param {any} body */
const tell = ({ letters: [{ letter, outcome, cause }] }) =>
  say(
    `${t('letters.told', { letter, outcome: named('letterOutcome', outcome) })}${cause === undefined ? '' : ` (${cause})`}`,
  );

/** @param {{row: any, onClose: () => void, onDone: (body: any) => void}} given */
const Replay = ({ row: { letter, consumer }, onClose, onDone }) => html`<${Confirm}
  title=${`${t('letters.replay')}: ${letter}`}
  text=${t('letters.replayText', { letter, consumer })}
  submit=${t('letters.replay')}
  needsReason=${true}
  onSubmit=${(/** @type {FormData} */ data) => ask(o.replayLetters, { letters: letter, reason: textOf(data, 'reason') })}
  onClose=${onClose}
  onDone=${onDone}
/>`;

/** @param {{row: any, onClose: () => void, onDone: (body: any) => void}} given */
const Drop = ({ row: { letter }, onClose, onDone }) => html`<${Confirm}
  title=${`${t('letters.drop')}: ${letter}`}
  text=${t('letters.dropText', { letter })}
  word=${String(letter)}
  submit=${t('letters.drop')}
  needsReason=${true}
  onSubmit=${(/** @type {FormData} */ data) => ask(o.dropLetters, { letters: letter, reason: textOf(data, 'reason') })}
  onClose=${onClose}
  onDone=${onDone}
/>`;

/** @param {{row: any, open: (open: Open) => void}} given */
function Actions({ row, open }) {
  /** @param {Open['kind']} kind @param {string} text */
  const button = (kind, text) =>
    html`<button type="button" aria-label=${`${text}: ${row.letter}`} onClick=${() => open({ kind, row })}>${text}</button>`;
  return html`<div class="actions">
    ${may(o.replayLetters) && button('replay', t('letters.replay'))} ${may(o.dropLetters) && button('drop', t('letters.drop'))}
  </div>`;
}

/** @param {any} row @param {(open: Open) => void} open */
const rowOf = (row, open) => [
  written(locale(), row.letter),
  html`<code>${row.consumer}</code>`,
  html`<code class="whole">${row.fact}</code>`,
  html`<code>${row.tenantId ?? '–'}</code>`,
  html`<${At} at=${row.at} />`,
  written(locale(), row.deliveries),
  row.cause,
  html`<${Actions} row=${row} open=${open} />`,
];

const heads = () => [
  ...[t('letters.letter'), t('platform.consumer'), t('letters.fact'), t('tenants.tenant'), t('letters.at')],
  ...[t('letters.tries'), t('letters.cause'), t('table.actions')],
];

/** @param {{consumer: string, counted: readonly any[] | null}} given */
function Filter({ consumer, counted }) {
  const names = new Set([...(counted ?? []).map((each) => each.consumer), ...(consumer === '' ? [] : [consumer])]);
  return html`<${Filters} values=${{ consumer }}>
    <${Field}
      label=${t('platform.consumer')}
      name="consumer"
      options=${[['', t('filter.all')], ...[...names].sort().map((each) => [each, each])]}
    />
  <//>`;
}

/**
 * Messages that no handler could take. `counted` is how many there are of each consumer, where that is known.
 * @param {{counted: readonly any[] | null, onChange: () => void}} given
 */
export function DeadLetters({ counted, onChange }) {
  const [open, show] = useState(/** @type {Open | undefined} */ (undefined));
  const consumer = searched('consumer');
  const [after, setAfter] = usePlace(consumer, '');
  const asked = useAsked(() => ask(o.listDeadLetters, { consumer, after, limit: 25 }), [consumer, after], moving);
  const close = () => show(undefined);
  /** @param {any} body */
  const done = (body) => {
    tell(body);
    asked.again();
    onChange();
  };
  return html`<section>
    <h2>${t('letters.title')}</h2>
    <p>${t('letters.text')}</p>
    <${Filter} consumer=${consumer} counted=${counted} />
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ { letters, next }) => html`<${Table}
          caption=${t('letters.title')}
          heads=${heads()}
          rows=${letters.map((/** @type {any} */ row) => rowOf(row, show))}
          keys=${letters.map((/** @type {any} */ row) => row.letter)}
          empty=${t('letters.none')}
        />
        <${Pages} first=${after === ''} next=${next} onFirst=${() => setAfter('')} onNext=${() => setAfter(next)} />`}
    <//>
    ${open?.kind === 'replay' && html`<${Replay} row=${open.row} onClose=${close} onDone=${done} />`}
    ${open?.kind === 'drop' && html`<${Drop} row=${open.row} onClose=${close} onDone=${done} />`}
  </section>`;
}
