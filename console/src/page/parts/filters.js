import { useLayoutEffect, useRef } from 'preact/hooks';
import { html } from '../html.js';
import { search } from '../router.js';
import { t } from '../words.js';
import { textOf } from './form.js';

/**
 * The form above a list. What is looked for stands in the address, and the fields show it, also when somebody goes back
 * or follows a link to another search: `values` is what stands in each field now. `written` makes the text of the
 * address of what a field holds, where the two differ. `hear` is told of fields that stand in no address, such as
 * identifiers of persons.
 * @param {{values: Readonly<Record<string, string>>, written?: (name: string, text: string) => string, hear?: (data:
 *   FormData) => void, children: any}} given
 */
export function Filters({ values, written = (_, text) => text, hear, children }) {
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  useLayoutEffect(() => {
    for (const [name, value] of Object.entries(values)) {
      const field = form.current?.elements.namedItem(name);
      if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = value;
    }
  }, [JSON.stringify(values)]);
  /** @param {SubmitEvent} event */
  const look = (event) => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const data = new FormData(event.target);
    hear?.(data);
    search(Object.fromEntries(Object.keys(values).map((name) => [name, written(name, textOf(data, name))])));
  };
  return html`<form ref=${form} class="line" role="search" onSubmit=${look}>
    ${children}
    <button>${t('filter.apply')}</button>
  </form>`;
}
