import { useEffect, useReducer, useRef, useState } from 'preact/hooks';
import { duration } from '../../format.js';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Offline, Refused, Shown, useAsked } from '../../parts/asked.js';
import { Field, textOf } from '../../parts/form.js';
import { Head } from '../../parts/text.js';
import { ask } from '../../request.js';
import { callAfter, noCall } from '../../test-call/call-state.js';
import { startTestCall } from '../../test-call/test-call.js';
import { named, t } from '../../words.js';

/** @typedef {import('../../test-call/call-state.js').CallState} CallState */
/** @typedef {import('../../test-call/call-state.js').Ending} Ending */
/** @typedef {import('../../words.js').Key} Key */

/** @type {Readonly<Record<string, Key>>} */
const doings = { listening: 'try.listening', speaking: 'try.speaking', thinking: 'try.thinking' };

/** @param {CallState} state */
function statusOf({ phase, doing }) {
  if (phase === 'live') return t(doings[doing] ?? 'try.listening');
  if (phase === 'starting') return t('try.starting');
  return phase === 'over' ? t('try.over') : t('try.ready');
}

/** How much of the call is left, to the second. @param {{endsAtMs: number}} given */
function Left({ endsAtMs }) {
  const [nowMs, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return html`<p role="timer">${t('try.left', { time: duration((endsAtMs - nowMs) / 1_000) })}</p>`;
}

/** @param {{ending: Ending}} given */
function Ended({ ending }) {
  if ('reason' in ending) return html`<p>${t('try.because', { why: named('end', ending.reason) })}</p>`;
  if ('trouble' in ending)
    return html`<p class="trouble" role="alert">${ending.trouble === 'microphone' ? t('try.noMicrophone') : t('try.noLine')}</p>`;
  if (ending.refused.kind !== 'refused') return html`<${Offline} again=${() => location.reload()} />`;
  return html`<${Refused} problem=${ending.refused.problem} />`;
}

/** @param {{captions: CallState['captions'], agentName: string}} given */
const Captions = ({ captions, agentName }) => html`<div
  class="captions"
  role="log"
  aria-label=${t('try.captions')}
  tabindex="0"
>
  ${captions.map(
    ({ itemId, role, text }) =>
      html`<p key=${itemId} class=${role}><b>${role === 'user' ? t('try.you') : agentName}</b> <span dir="auto">${text}</span></p>`,
  )}
</div>`;

/** A call that ends with its screen and with its page. */
function useTestCall() {
  const [state, tell] = useReducer(callAfter, noCall);
  const call = useRef(/** @type {ReturnType<typeof startTestCall> | undefined} */ (undefined));
  const hangUp = () => call.current?.hangUp();
  useEffect(() => {
    addEventListener('pagehide', hangUp);
    return () => {
      removeEventListener('pagehide', hangUp);
      hangUp();
    };
  }, []);
  /** @param {string} agentId */
  const start = (agentId) => {
    const voice = Object.assign(new Audio(), { autoplay: true });
    call.current = startTestCall({ agentId, voice, tell });
  };
  return { state, start, hangUp };
}

/** @param {{agents: readonly any[]}} given */
function TestCall({ agents }) {
  const { state, start, hangUp } = useTestCall();
  const [agentId, choose] = useState(agents[0]?.agentId ?? '');
  const isOn = state.phase === 'starting' || state.phase === 'live';
  /** @param {SubmitEvent} event */
  const call = (event) => {
    event.preventDefault();
    if (isOn || !(event.target instanceof HTMLFormElement)) return;
    const chosen = textOf(new FormData(event.target), 'agentId');
    choose(chosen);
    start(chosen);
  };
  const agentName = agents.find((each) => each.agentId === agentId)?.displayName ?? agentId;
  // Two buttons, for one that turned into the other within a click would send the form with it.
  return html`<form class="line" onSubmit=${call}>
      <${Field}
        label=${t('policy.agent')}
        name="agentId"
        disabled=${isOn}
        options=${agents.map(({ agentId: id, displayName }) => [id, displayName])}
      />
      ${isOn ? html`<button key="end" type="button" class="danger" onClick=${hangUp}>${t('try.end')}</button>` : html`<button key="start" class="main">${t('try.start')}</button>`}
    </form>
    <p role="status"><b>${statusOf(state)}</b>${state.isEnding && ` ${t('timeline.expiring')}.`}</p>
    ${isOn && state.endsAtMs !== undefined && html`<${Left} endsAtMs=${state.endsAtMs} />`}
    ${state.ending && html`<${Ended} ending=${state.ending} />`}
    ${state.areWordsKept && html`<p>${t('try.wordsKept')}</p>`}
    ${state.phase !== 'idle' && html`<${Captions} captions=${state.captions} agentName=${agentName} />`}
    ${state.phase === 'over' && state.id && html`<p><a href=${`/console/calls/${state.id}`}>${t('try.timeline')}</a></p>`}`;
}

/** Talks to an agent from the console, as the member who is signed in. */
export function Screen() {
  const asked = useAsked(() => ask(o.showPolicy), []);
  return html`<${Head} title=${t('try.title')} />
    <p>${t('try.text')}</p>
    <${Shown} asked=${asked}>${(/** @type {any} */ { policy }) => html`<${TestCall} agents=${policy.agents} />`}<//>`;
}
