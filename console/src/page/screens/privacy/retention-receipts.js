import { facts } from '../../facts.js';
import { written } from '../../format.js';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { Filters } from '../../parts/filters.js';
import { Field } from '../../parts/form.js';
import { Pages, Table, usePlace } from '../../parts/table.js';
import { At, keepFile } from '../../parts/text.js';
import { contentOf } from '../../receipt.js';
import { ask } from '../../request.js';
import { searched } from '../../router.js';
import { locale, named, t } from '../../words.js';

/** @param {string} receipt */
const rowOf = (receipt) => {
  const { at, says } = contentOf(receipt) ?? {};
  return [
    says?.sequence ?? '–',
    html`<${At} at=${at} />`,
    says === undefined ? '–' : written(locale(), says.removed),
    html`<${At} at=${says?.olderThan} />`,
    html`<code>${says?.digest ?? receipt}</code>`,
  ];
};

const heads = () => [
  ...[t('retention.sequence'), t('retention.at'), t('retention.removed'), t('retention.olderThan')],
  t('retention.digest'),
];

/** Signed proofs of what went, the oldest first, and a file of them that `vox receipt verify` reads. */
export function RetentionReceipts() {
  const kind = searched('class') || facts.lists.retentionClass[0];
  const [after, setAfter] = usePlace(String(kind), 0);
  const asked = useAsked(() => ask(o.listRetentionReceipts, { class: kind, after, limit: 50 }), [kind, after]);
  /** @param {readonly string[]} receipts */
  const keep = (receipts) =>
    keepFile(`retention-${kind}.json`, [JSON.stringify({ receipts }, null, 2)], 'application/json');
  return html`<section aria-labelledby="receipts">
    <h2 id="receipts">${t('retention.receipts')}</h2>
    <${Filters} values=${{ class: String(kind) }}>
      <${Field}
        label=${t('retention.class')}
        name="class"
        options=${facts.lists.retentionClass.map((each) => [each, named('retentionClass', each)])}
      />
    <//>
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ { receipts, next }) => html`<${Table}
          caption=${t('retention.receipts')}
          heads=${heads()}
          rows=${receipts.map(rowOf)}
          empty=${t('retention.noReceipts')}
        />
        ${receipts.length > 0 && html`<p><button type="button" onClick=${() => keep(receipts)}>${t('retention.keep')}</button></p>`}
        <${Pages} first=${after === 0} next=${next} onFirst=${() => setAfter(0)} onNext=${() => setAfter(next)} />`}
    <//>
  </section>`;
}
