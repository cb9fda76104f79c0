import { useState } from 'preact/hooks';
import { html } from '../html.js';
import { t } from '../words.js';

/**
 * A table whose first column names the row. It scrolls by itself where the window is narrow. Without rows it says that
 * there are none, and why.
 * @param {{caption: string, heads: readonly string[], rows: readonly (readonly unknown[])[], empty: string, keys?:
 *   readonly string[]}} given
 */
export const Table = ({ caption, heads, rows, empty, keys }) =>
  rows.length === 0
    ? html`<p class="empty">${empty}</p>`
    : html`<div class="wide" tabindex="0" role="region" aria-label=${caption}>
        <table>
          <caption>${caption}</caption>
          <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
          <tbody>
            ${rows.map(
              ([first, ...others], at) => html`<tr key=${keys?.[at] ?? at}>
                <th scope="row">${first}</th>
                ${others.map((cell) => html`<td>${cell}</td>`)}
              </tr>`,
            )}
          </tbody>
        </table>
      </div>`;

/**
 * The way on through a list that the server answers in pages.
 * @param {{first: boolean, next: unknown, onFirst: () => void, onNext: () => void}} given
 */
export const Pages = ({ first, next, onFirst, onNext }) =>
  first && (next === null || next === undefined)
    ? null
    : html`<p class="buttons">
        ${!first && html`<button type="button" onClick=${onFirst}>${t('pages.first')}</button>`}
        ${next !== null && next !== undefined && html`<button type="button" onClick=${onNext}>${t('pages.next')}</button>`}
      </p>`;

/**
 * Where the page that is shown begins. It is the first page again as soon as something else is looked for.
 * @template T @param {string} sought @param {T} first @returns {[T, (next: T) => void]}
 */
export function usePlace(sought, first) {
  const [place, setPlace] = useState({ sought, at: first });
  return [place.sought === sought ? place.at : first, (at) => setPlace({ sought, at })];
}
