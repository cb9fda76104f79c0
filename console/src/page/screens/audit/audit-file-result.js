import { written } from '../../format.js';
import { html } from '../../html.js';
import { Datum } from '../../parts/datum.js';
import { Evidence } from '../../parts/evidence.js';
import { At } from '../../parts/text.js';
import { locale, named, t } from '../../words.js';

/** @typedef {import('../../audit-file/verify-file.js').VerifiedFile} VerifiedFile */
/** @typedef {import('../../audit-file/verify-file.js').NotExport} NotExport */

/** What a file is that is no proof of anything. @param {NotExport} not */
function notText(not) {
  if (not === 'empty') return t('file.empty');
  if (not === 'csv') return t('file.csv');
  if (not === 'other-keys') return t('file.otherKeys');
  return not === 'other-tenant' ? t('file.otherTenant') : t('file.noExport');
}

/** @param {VerifiedFile} found */
function breakText({ broken, line }) {
  if (broken === null) return '';
  const sequence = broken.upto === undefined ? broken.sequence : `${broken.sequence}–${broken.upto}`;
  const text = t('file.broken', { sequence, cause: named('break', broken.cause) });
  return line === undefined ? text : `${text} ${t('file.line', { line: written(locale(), line) })}`;
}

/** What came of it, in a sentence. @param {VerifiedFile} found */
function sentence(found) {
  if (found.not !== undefined) return notText(found.not);
  if (found.broken !== null) return breakText(found);
  return found.excerpt === undefined ? t('file.sound') : t('file.soundExcerpt');
}

/** Which entries were sound. @param {VerifiedFile} found */
function entriesText({ first, entries, excerpt }) {
  const count = written(locale(), entries);
  if (entries === 0) return count;
  return t('file.entries', { count, first, last: excerpt?.last ?? first + entries - 1 });
}

/** What was selected, as the export says it. @param {Readonly<Record<string, string>>} filter */
const filterText = (filter) =>
  Object.entries(filter)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

/**
 * What came of verifying a file, as evidence of it.
 * @param {{found: VerifiedFile, about: Readonly<{name: string, size: number, digest?: string, keys?: string}>, at:
 *   string}} given
 */
export const FileResult = ({ found, about, at }) => html`<${Evidence}>
  <p class=${found.not !== undefined || found.broken !== null ? 'trouble' : 'state done'}
  >
    ${sentence(found)}
  </p>
  <dl class="details">
    <${Datum} label=${t('file.file')}>${about.name}<//>
    <${Datum} label=${t('file.size')}>${written(locale(), about.size)}<//>
    <${Datum} label="SHA-256"><code>${about.digest ?? '–'}</code><//>
    <${Datum} label=${t('file.keys')}>${about.keys ?? t('file.keysOfServer')}<//>
    <${Datum} label=${t('file.tenant')}>${found.tenantId === undefined ? '–' : html`<code>${found.tenantId}</code>`}<//>
    <${Datum} label=${t('file.soundEntries')}>${entriesText(found)}<//>
    <${Datum} label=${t('file.checkpoints')}>${written(locale(), found.excerpt?.pages ?? found.checkpoints)}<//>
    ${found.excerpt && html`<${Datum} label=${t('file.filter')}>${filterText(found.excerpt.filter)}<//>`}
    <${Datum} label=${t('file.at')}><${At} at=${at} /><//>
  </dl>
<//>`;
