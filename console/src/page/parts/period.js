import { momentTyped } from '../format.js';
import { html } from '../html.js';
import { searched } from '../router.js';
import { t } from '../words.js';
import { Field } from './form.js';

/** A moment in the form of a field of date and time, in local time. @param {string} at */
function local(at) {
  if (at === '' || Number.isNaN(Date.parse(at))) return '';
  const date = new Date(at);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** What stands in the two fields of a period. */
export const periodShown = () => ({ from: local(searched('from')), to: local(searched('to')) });

/** A field of time holds local time, and the address a moment. @param {string} name @param {string} text */
export const periodWritten = (name, text) => (name === 'from' || name === 'to' ? (momentTyped(text) ?? '') : text);

/** From when to when is looked for, in the form above a list. */
export const PeriodFields = () => html`<${Field} label=${t('audit.from')} name="from" type="datetime-local" />
  <${Field} label=${t('audit.to')} name="to" type="datetime-local" />`;
