import { useEffect, useState } from 'preact/hooks';
import { facts } from '../facts.js';
import { html } from '../html.js';
import { Loading, Offline } from '../parts/asked.js';
import { Head } from '../parts/text.js';
import { menuOf, placeAt } from '../places.js';
import { go } from '../router.js';
import { confirming, finding, here, me, notice } from '../state.js';
import { t } from '../words.js';
import { arrive } from './arrive.js';
import { Bar } from './bar.js';
import { useLive } from './listen.js';
import { Screen } from './screen.js';
import { may, meetMe } from './who.js';

/** Leads to another place, once. @param {{to: string}} given */
function Redirect({ to }) {
  useEffect(() => go(to, { replace: true }), [to]);
  return html`<${Loading} />`;
}

/** @param {{title: string, text: string}} given */
function Told({ title, text }) {
  useEffect(arrive, [title]);
  return html`<${Head} title=${title} /><p>${text}</p>`;
}

/** What stands in the middle of the page. */
function Middle() {
  const { path, search } = here.value;
  const found = placeAt(path);
  if (found === undefined) return html`<${Told} title=${t('missing.title')} text=${t('missing.text')} />`;
  const { place, id } = found;
  if (place.isOutside) return html`<${Screen} name=${place.name} id=${id} />`;
  if (me.value === undefined) return html`<${Loading} />`;
  if (me.value === null)
    return html`<${Redirect} to=${`/console/sign-in?next=${encodeURIComponent(path + search)}`} />`;
  if (place.name === 'start') return html`<${Redirect} to=${menuOf(facts, me.value)[0]?.path ?? '/console/account'} />`;
  if (place.needs !== undefined && !may(place.needs))
    return html`<${Told} title=${t('forbidden.title')} text=${t('forbidden.text')} />`;
  return html`<${Screen} name=${place.name} id=${id} />`;
}

/** @param {{isReached: boolean, again: () => void}} given */
const Main = ({ isReached, again }) => html`<main id="main">
  ${isReached ? html`<${Middle} />` : html`<${Offline} again=${again} />`}
</main>`;

/** The console: its bar, the screen, what happened last, and the dialog in which somebody confirms who they are. */
export function App() {
  const [isReached, setReached] = useState(true);
  const meet = () => {
    setReached(true);
    void meetMe().then(setReached);
  };
  useEffect(meet, []);
  useLive();
  return html`
    <a class="skip" href="#main">${t('shell.skip')}</a>
    <${Bar} />
    <${Main} isReached=${isReached} again=${meet} />
    <div class="notice" role="status" aria-live="polite">${notice.value}</div>
    ${finding.value && me.value && html`<${Screen} name="palette" id="" />`}
    ${confirming.value && html`<${Screen} name="step-up" id="" />`}
  `;
}
