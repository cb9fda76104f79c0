import { facts } from '../../facts.js';
import { written } from '../../format.js';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { Table } from '../../parts/table.js';
import { Head } from '../../parts/text.js';
import { ask } from '../../request.js';
import { locale, named, t } from '../../words.js';
import { PreviewForm } from './preview-retention.js';
import { RetentionReceipts } from './retention-receipts.js';

/** What is promised of each class, and what the next sweep removes. @param {{retention: any, preview: any}} given */
const Promised = ({ retention, preview: { going, held, capped } }) => html`<${Table}
    caption=${t('retention.promised')}
    heads=${[t('retention.class'), t('retention.holds'), t('retention.days'), t('retention.next'), t('retention.held')]}
    rows=${facts.lists.retentionClass.map((each) => [
      named('retentionClass', each),
      named('retentionHolds', each),
      retention[each] === 0 ? t('retention.nothing') : written(locale(), retention[each]),
      written(locale(), going[each]),
      written(locale(), held[each]),
    ])}
    empty=""
  />
  ${capped && html`<p class="hint">${t('retention.capped')}</p>`}`;

/** Asks for both at once: one says little without the other. */
const asksBoth = async () => {
  const [policy, preview] = await Promise.all([ask(o.showPolicy), ask(o.previewRetention)]);
  if (policy.kind !== 'answered') return policy;
  if (preview.kind !== 'answered') return preview;
  return /** @type {const} */ ({
    kind: 'answered',
    body: { retention: policy.body.policy.retention, preview: preview.body },
  });
};

/** What is kept and how long, what another promise would remove, and the signed proofs of what went. */
export function Screen() {
  const asked = useAsked(asksBoth, []);
  return html`<${Head} title=${t('menu.retention')}>
      <button type="button" onClick=${asked.again}>${t('state.refresh')}</button>
    <//>
    <p>${t('retention.text')}</p>
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ body) => html`<${Promised} ...${body} /><${PreviewForm} retention=${body.retention} />`}
    <//>
    <${RetentionReceipts} />`;
}
