import { toolReason } from '../../answers/tool-reason.js';
import { dollars, duration } from '../../format.js';
import { html } from '../../html.js';
import { Table } from '../../parts/table.js';
import { At } from '../../parts/text.js';
import { locale, named, t } from '../../words.js';

/** @param {(member: string) => string} word @returns {(value: string) => string} */
const each = (word) => (value) => value.split(', ').map(word).join(', ');

/**
 * How members of closed lists are called, by the event and the name under which they stand.
 * @type {Readonly<Record<string, (value: string) => string>>}
 */
const inWords = {
  'requested passed': each((member) => named('check', member)),
  'ended confirmedBy': (member) => named('confirmed', member),
  'ended by': (member) => named('endedBy', member),
  'tool-used outcome': (member) => named('toolOutcome', member),
  'tool-used reason': toolReason,
};

/** A value of the records as people read it. @param {string} what @param {string} name @param {unknown} value */
function shown(what, name, value) {
  const word = inWords[`${what} ${name}`];
  if (word !== undefined) return word(String(value));
  if (name.toLowerCase().endsWith('seconds')) return duration(Number(value));
  if (name === 'reason') return named(what === 'denied' ? 'denial' : 'end', String(value));
  if (name.endsWith('At') && typeof value === 'string') return html`<${At} at=${value} />`;
  return name.toLowerCase().endsWith('micros') ? dollars(locale(), Number(value)) : String(value);
}

/**
 * What is known of one event, by the names of the records.
 * @param {{what: string, details: Record<string, unknown>}} given
 */
const Details = ({ what, details }) => html`<dl class="details">
  ${Object.entries(details).map(([name, value]) => html`<div><dt>${name}</dt><dd>${shown(what, name, value)}</dd></div>`)}
</dl>`;

/** @param {any} entry */
const eventRow = ({ at, what, details }) => [
  html`<${At} at=${at} />`,
  named('timeline', what),
  html`<${Details} what=${what} details=${details} />`,
];

/** What somebody said, or what a tool was asked and answered. @param {any} message */
const wordRow = ({ at, role, text, meta }) => [
  html`<${At} at=${at} />`,
  named('speaker', role),
  html`<p class="said">${text}</p>
    ${meta && html`<pre class="text">${JSON.stringify(meta, null, 1)}</pre>`}`,
];

/**
 * A call from its first event to its last, and between them what was said as far as somebody has read it.
 * @param {{timeline: readonly any[], words: readonly any[]}} given
 */
export const Timeline = ({ timeline, words }) => html`<${Table}
  caption=${t('call.timeline')}
  heads=${[t('call.at'), t('call.what'), t('call.details')]}
  rows=${[...timeline, ...words]
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
    .map((each) => (each.what === undefined ? wordRow(each) : eventRow(each)))}
  empty=${t('call.nothing')}
/>`;
