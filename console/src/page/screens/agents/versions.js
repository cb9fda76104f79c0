import { useState } from 'preact/hooks';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { Dialog } from '../../parts/dialog.js';
import { textOf } from '../../parts/form.js';
import { Confirm } from '../../parts/form-dialog.js';
import { Pages, Table } from '../../parts/table.js';
import { At, say } from '../../parts/text.js';
import { ask } from '../../request.js';
import { may } from '../../shell/who.js';
import { t } from '../../words.js';
import { WouldHaveDone } from './preview.js';

/** @param {unknown} value */
const shownValue = (value) =>
  value === undefined ? '–' : html`<pre class="text">${JSON.stringify(value, null, 1)}</pre>`;

/** What differs between two versions. @param {{from: number, to: number}} given */
function Difference({ from, to }) {
  const asked = useAsked(() => ask(o.diffVersions, { fromVersion: from, toVersion: to }), [from, to]);
  return html`<${Shown} asked=${asked}>
    ${(/** @type {any} */ { changes }) => html`<${Table}
      caption=${t('versions.changes', { from, to })}
      heads=${[t('versions.path'), t('versions.before'), t('versions.after')]}
      rows=${changes.map((/** @type {any} */ each) => [html`<code>${each.path}</code>`, shownValue(each.before), shownValue(each.after)])}
      empty=${t('versions.same')}
    />`}
  <//>`;
}

/** What a version would change of what is in force. @param {{to: number}} given */
function FromNewest({ to }) {
  const asked = useAsked(() => ask(o.listVersions, { limit: 1 }), []);
  return html`<${Shown} asked=${asked}>
    ${(/** @type {any} */ { versions }) => html`<${Difference} from=${versions[0]?.version ?? to} to=${to} />`}
  <//>`;
}

/**
 * Goes back to a version, bound to the one that was read: nobody’s change in between is lost.
 * @param {{current: number, version: number, onClose: () => void, onDone: () => void}} given
 */
const RollBack = ({ current, version, onClose, onDone }) => html`<${Confirm}
  title=${t('versions.rollBackTitle', { version })}
  text=${t('versions.rollBackText')}
  submit=${t('versions.rollBack')}
  onSubmit=${(/** @type {FormData} */ data) =>
    ask(o.rollBack, { version, reason: textOf(data, 'reason') }, { ifMatch: current })}
  onClose=${onClose}
  onDone=${() => {
    say(t('versions.rolledBack', { version }));
    onDone();
  }}
>
  <${FromNewest} to=${version} />
  ${may(o.previewVersion) && html`<${WouldHaveDone} asks=${(/** @type {number} */ days) => ask(o.previewVersion, { version, days })} />`}
<//>`;

/** @typedef {Readonly<{kind: 'diff' | 'back', version: number, other: number}>} Open */

/** The versions that are kept, the newest first. @param {{current: number, onRolledBack: () => void}} given */
export function Versions({ current, onRolledBack }) {
  const [before, setBefore] = useState(0);
  const [open, show] = useState(/** @type {Open | undefined} */ (undefined));
  const asked = useAsked(() => ask(o.listVersions, { before: before || undefined, limit: 50 }), [before, current]);
  const close = () => show(undefined);
  /** @param {any} row @param {number} at @param {readonly any[]} all */
  const cells = ({ version, at: when, actor, reason, restores }, at, all) => {
    const other = all[at + 1]?.version;
    return [
      version,
      html`<${At} at=${when} />`,
      html`<code>${actor}</code>`,
      restores === null ? (reason ?? '–') : `${t('versions.restores', { version: restores })} ${reason ?? ''}`,
      html`<div class="actions">
        ${other !== undefined && html`<button type="button" onClick=${() => show({ kind: 'diff', version, other })}>${t('versions.diff')}</button>`}
        ${
          at + before > 0 &&
          may(o.rollBack) &&
          html`<button type="button" onClick=${() => show({ kind: 'back', version, other: version })}>${t('versions.rollBack')}</button>`
        }
      </div>`,
    ];
  };
  return html`<h2>${t('versions.title')}</h2>
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ { versions, next }) => html`<${Table}
          caption=${t('versions.title')}
          heads=${[t('versions.version'), t('versions.at'), t('versions.actor'), t('form.reason'), t('table.actions')]}
          rows=${versions.map(cells)}
          keys=${versions.map((/** @type {any} */ { version }) => version)}
          empty=${t('versions.none')}
        />
        <${Pages} first=${before === 0} next=${next} onFirst=${() => setBefore(0)} onNext=${() => setBefore(next)} />`}
    <//>
    ${
      open?.kind === 'diff' &&
      html`<${Dialog} title=${t('versions.diff')} onClose=${close}><${Difference} from=${open.other} to=${open.version} /><//>`
    }
    ${
      open?.kind === 'back' &&
      html`<${RollBack} current=${current} version=${open.version} onClose=${close} onDone=${onRolledBack} />`
    }`;
}
