import { useState } from 'preact/hooks';
import { facts } from '../../facts.js';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { Filters } from '../../parts/filters.js';
import { Field, textOf } from '../../parts/form.js';
import { Pages, Table, usePlace } from '../../parts/table.js';
import { At, Head } from '../../parts/text.js';
import { useWanted } from '../../parts/wanted.js';
import { ask } from '../../request.js';
import { go, searched } from '../../router.js';
import { may } from '../../shell/who.js';
import { me } from '../../state.js';
import { named, t } from '../../words.js';
import { EndAllCalls, EndCall } from './end-call.js';
import { KillSwitch } from './kill-switch.js';
import { PastCalls } from './past-calls.js';

/** @param {SubmitEvent} event */
function openCall(event) {
  event.preventDefault();
  if (event.target instanceof HTMLFormElement) go(`/console/calls/${textOf(new FormData(event.target), 'id')}`);
}

/** Also a call that no list holds any more: its id stands in the audit log. */
const FindCall = () => html`<form class="line" onSubmit=${openCall}>
  <${Field}
    label=${t('calls.find')}
    hint=${t('calls.findHint')}
    name="id"
    required
    pattern="[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}"
    autocomplete="off"
    spellcheck=${false}
  />
  <button>${t('calls.show')}</button>
</form>`;

const Filter = () => html`<${Filters} values=${{ kind: searched('kind'), key: searched('key') }}>
  <${Field}
    label=${t('calls.kind')}
    name="kind"
    options=${[['', t('filter.all')], ...facts.lists.identity.map((each) => [each, named('identity', each)])]}
  />
  <${Field} label=${t('calls.key')} name="key" autocomplete="off" spellcheck=${false} />
<//>`;

/** @param {{call: any, onEnd: (id: string) => void}} given */
const rowOf = ({ call: { sessionId, identity, grantedAt, endsAt, connected }, onEnd }) => [
  html`<a href=${`/console/calls/${sessionId}`}><code>${sessionId}</code></a>`,
  named('identity', identity.kind),
  identity.kind === 'widget' ? html`<code>${identity.widgetKey}</code>` : '–',
  html`<${At} at=${grantedAt} />`,
  html`<${At} at=${endsAt} />`,
  connected ? t('calls.connected') : t('calls.notConnected'),
  may(o.endCall) && html`<button type="button" onClick=${() => onEnd(sessionId)}>${t('calls.end')}</button>`,
];

/** @param {string} reason */
const endAll = (reason) => ask(o.endCalls, { reason });

/** Which list is shown: it stands in the address. @param {{isPast: boolean}} given */
const Lists = ({ isPast }) => html`<div class="lists" role="group" aria-label=${t('calls.lists')}>
  <a href="/console/calls" aria-current=${isPast ? undefined : 'page'}>${t('calls.liveList')}</a>
  <a href="/console/calls?state=ended" aria-current=${isPast ? 'page' : undefined}>${t('calls.pastList')}</a>
</div>`;

/** Live calls, or those that are over. */
export function Screen() {
  const isPast = searched('state') === 'ended';
  return isPast
    ? html`<${PastCalls} lists=${html`<${Lists} isPast=${true} />`} find=${html`<${FindCall} />`} />`
    : html`<${LiveCalls} />`;
}

/** Calls that go on: who pays for them, until when, and how to end them. */
function LiveCalls() {
  const [ending, setEnding] = useState('');
  const [isEndingAll, setEndingAll] = useState(false);
  const [kind, widgetKey] = [searched('kind'), searched('key')];
  const [after, setAfter] = usePlace(`${kind} ${widgetKey}`, '');
  const asked = useAsked(() => ask(o.listCalls, { kind, widgetKey, after, limit: 100 }), [kind, widgetKey, after], {
    resources: ['calls'],
  });
  useWanted('end-all', o.endCalls, () => setEndingAll(true));
  return html`<${Head} title=${t('menu.calls')}>
      <button type="button" onClick=${asked.again}>${t('state.refresh')}</button>
      ${may(o.endCalls) && html`<button type="button" class="danger" onClick=${() => setEndingAll(true)}>${t('calls.endAll')}</button>`}
    <//>
    <${Lists} isPast=${false} />
    ${may(o.setKillSwitch) && html`<${KillSwitch} onDone=${asked.again} />`}
    <${Filter} />
    <${FindCall} />
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ { sessions, next }) => html`<${Table}
          caption=${t('calls.live')}
          heads=${[t('calls.id'), t('calls.kind'), t('calls.key'), t('calls.granted'), t('calls.ends'), t('calls.line'), t('table.actions')]}
          rows=${sessions.map((/** @type {any} */ call) => rowOf({ call, onEnd: setEnding }))}
          keys=${sessions.map((/** @type {any} */ call) => call.sessionId)}
          empty=${t('calls.none')}
        />
        <${Pages} first=${after === ''} next=${next} onFirst=${() => setAfter('')} onNext=${() => setAfter(next)} />`}
    <//>
    ${ending !== '' && html`<${EndCall} id=${ending} onClose=${() => setEnding('')} onDone=${asked.again} />`}
    ${isEndingAll && html`<${EndAllCalls} tenantId=${me.value?.tenantId} end=${endAll} onClose=${() => setEndingAll(false)} onDone=${asked.again} />`}`;
}
