import { useState } from 'preact/hooks';
import { facts } from '../../facts.js';
import { written } from '../../format.js';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Field, Form, textOf } from '../../parts/form.js';
import { Table } from '../../parts/table.js';
import { ask } from '../../request.js';
import { locale, named, t } from '../../words.js';

/** What would go. @param {{preview: any}} given */
const Preview = ({ preview: { going, held, capped } }) => html`<${Table}
    caption=${t('retention.wouldGo')}
    heads=${[t('retention.class'), t('retention.going'), t('retention.held')]}
    rows=${facts.lists.retentionClass.map((each) => [
      named('retentionClass', each),
      written(locale(), going[each]),
      written(locale(), held[each]),
    ])}
    empty=""
  />
  ${capped && html`<p class="hint">${t('retention.capped')}</p>`}`;

/**
 * Counts what would go at once if other days were promised. It changes nothing.
 * @param {{retention: Readonly<Record<string, number>>}} given the days of the policy
 */
export function PreviewForm({ retention }) {
  const [preview, show] = useState(/** @type {any} */ (undefined));
  const submit = (/** @type {FormData} */ data) => {
    const days = facts.lists.retentionClass.map((each) => [each, Number(textOf(data, `retention.${each}`))]);
    return ask(o.previewRetention, { retention: Object.fromEntries(days) });
  };
  return html`<section aria-labelledby="preview">
    <h2 id="preview">${t('retention.preview')}</h2>
    <p>${t('retention.previewText')}</p>
    <${Form} submit=${t('retention.count')} onSubmit=${submit} onDone=${show}>
      <div class="line">
        ${facts.lists.retentionClass.map(
          (each) => html`<${Field}
            key=${each}
            label=${named('retentionClass', each)}
            name=${`retention.${each}`}
            type="number"
            min="0"
            max="36500"
            required
            initial=${retention[each]}
          />`,
        )}
      </div>
    <//>
    <div role="status">${preview && html`<${Preview} preview=${preview} />`}</div>
  </section>`;
}
