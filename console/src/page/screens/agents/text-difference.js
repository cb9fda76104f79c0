import { html } from '../../html.js';
import { lineDiff, withoutSame } from '../../parts/line-diff.js';
import { t } from '../../words.js';

/** What differs between two texts, by signs and not by colour alone. @param {{before: string, after: string}} given */
export function TextDifference({ before, after }) {
  const lines = withoutSame(lineDiff(before, after));
  const signs = { same: ' ', gone: '-', new: '+' };
  return html`<h3>${t('versions.diff')}</h3>
    <pre class="text diff" tabindex="0" aria-label=${t('versions.diff')}>${lines.map((line) =>
      line === undefined
        ? html`<span>⋯${'\n'}</span>`
        : html`<span class=${line.kind}>${`${signs[line.kind]} ${line.text}\n`}</span>`,
    )}</pre>`;
}
