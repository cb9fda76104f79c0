import { useState } from 'preact/hooks';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { textOf } from '../../parts/form.js';
import { Confirm } from '../../parts/form-dialog.js';
import { Pages, Table } from '../../parts/table.js';
import { At, Head, say } from '../../parts/text.js';
import { useWanted } from '../../parts/wanted.js';
import { ask } from '../../request.js';
import { may } from '../../shell/who.js';
import { named, t } from '../../words.js';
import { PlaceHold } from './place-hold.js';

/** @param {{hold: any, onClose: () => void, onDone: () => void}} given */
const ReleaseHold = ({ hold: { holdId }, onClose, onDone }) => html`<${Confirm}
  title=${t('holds.release')}
  text=${t('holds.releaseText')}
  submit=${t('holds.release')}
  onSubmit=${(/** @type {FormData} */ data) => ask(o.releaseHold, { holdId, reason: textOf(data, 'reason') })}
  onClose=${onClose}
  onDone=${() => {
    say(t('holds.released'));
    onDone();
  }}
/>`;

/** @param {any} hold */
const covered = ({ kind, sessionId }) =>
  sessionId === undefined ? named('holdKind', kind) : html`${named('holdKind', kind)}<br /><code>${sessionId}</code>`;

/** @param {any} hold @param {(hold: any) => void} release */
const rowOf = (hold, release) => [
  html`<code>${hold.holdId}</code>`,
  covered(hold),
  hold.reason,
  html`<code>${hold.placedBy}</code>`,
  html`<${At} at=${hold.placedAt} />`,
  html`<${At} at=${hold.releasedAt} />`,
  hold.releasedAt === null &&
    may(o.releaseHold) &&
    html`<button type="button" aria-label=${`${t('holds.release')}: ${hold.reason}`} onClick=${() => release(hold)}>
      ${t('holds.release')}
    </button>`,
];

const heads = () => [
  ...[t('holds.hold'), t('holds.covers'), t('form.reason'), t('holds.placedBy'), t('holds.placedAt')],
  ...[t('holds.releasedAt'), t('table.actions')],
];

/** Legal holds: what is kept from retention and erasure, why, and until when it was. */
export function Screen() {
  const [after, setAfter] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [released, release] = useState(/** @type {any} */ (undefined));
  const asked = useAsked(() => ask(o.listHolds, { after, limit: 100 }), [after]);
  useWanted('place', o.placeHold, () => setOpen(true));
  return html`<${Head} title=${t('menu.holds')}>
      ${may(o.placeHold) && html`<button type="button" class="main" onClick=${() => setOpen(true)}>${t('holds.place')}</button>`}
    <//>
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ { holds, next }) => html`<${Table}
          caption=${t('menu.holds')}
          heads=${heads()}
          rows=${holds.map((/** @type {any} */ hold) => rowOf(hold, release))}
          keys=${holds.map((/** @type {any} */ { holdId }) => holdId)}
          empty=${t('holds.none')}
        />
        <${Pages} first=${after === ''} next=${next} onFirst=${() => setAfter('')} onNext=${() => setAfter(next)} />`}
    <//>
    ${isOpen && html`<${PlaceHold} onClose=${() => setOpen(false)} onDone=${asked.again} />`}
    ${released && html`<${ReleaseHold} hold=${released} onClose=${() => release(undefined)} onDone=${asked.again} />`}`;
}
