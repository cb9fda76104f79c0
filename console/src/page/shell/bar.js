import { useEffect, useState } from 'preact/hooks';
import { facts } from '../facts.js';
import { html } from '../html.js';
import { chord } from '../palette/shortcut.js';
import { say } from '../parts/text.js';
import { menuOf } from '../places.js';
import { finding, here, live, me } from '../state.js';
import { choose, languageOf, languages, locale, named, t } from '../words.js';
import { signOut } from './sign-out.js';

/** @param {Event} event */
function chosen({ target }) {
  if (!(target instanceof HTMLSelectElement)) return;
  choose(target.value).catch(() => {
    target.value = languageOf([locale()]);
    say(t('state.offline'));
  });
}

const Language = () => html`<select aria-label=${t('shell.language')} onChange=${chosen}>
  ${languages.map(
    (each) =>
      html`<option value=${each} lang=${each} selected=${locale().startsWith(each)}>${named('language', each)}</option>`,
  )}
</select>`;

/** From this width on the menu stands in the bar; below, it opens at a press. */
const wide = matchMedia('(min-width: 48rem)');

/** Whether the menu is open: always where it is wide, and elsewhere until somebody has gone somewhere. */
function useMenu() {
  const [isOpen, setOpen] = useState(wide.matches);
  useEffect(() => {
    const fit = () => setOpen(wide.matches);
    wide.addEventListener('change', fit);
    return () => wide.removeEventListener('change', fit);
  }, []);
  useEffect(() => setOpen(wide.matches), [here.value.path]);
  /** @param {Event} event */
  const toggle = ({ target }) => setOpen(target instanceof HTMLDetailsElement && target.open);
  return { isOpen, toggle };
}

/** @param {{me: import('../access.js').Me}} given */
function Menu({ me: who }) {
  const { isOpen, toggle } = useMenu();
  const at = here.value.path;
  return html`<details class="menu" open=${isOpen} onToggle=${toggle}>
    <summary>${t('shell.menu')}</summary>
    <nav aria-label=${t('shell.menu')}>
      <ul>
        ${menuOf(facts, who).map(({ name, path }) => {
          const current = at === path ? 'page' : at.startsWith(`${path}/`) ? 'true' : undefined;
          return html`<li key=${name}><a href=${path} aria-current=${current}>${named('menu', name)}</a></li>`;
        })}
      </ul>
    </nav>
  </details>`;
}

const find = () => {
  finding.value = true;
};

const Find =
  () => html`<button type="button" aria-haspopup="dialog" aria-keyshortcuts="Control+K Meta+K" onClick=${find}>
  ${t('palette.open')} <kbd>${chord()}</kbd>
</button>`;

/** Whether the page keeps itself up to date. It is said when that changes, and not for what changes on the screen. */
const Live = () => html`<span class=${`live ${live.value ?? ''}`} role="status" aria-live="polite">
  ${live.value && html`<span title=${t(live.value === 'live' ? 'live.onText' : 'live.offText')}>${t(live.value === 'live' ? 'live.on' : 'live.off')}</span>`}
</span>`;

/** The bar: whose console it is, the menu that somebody’s role allows, the language, and the way out. */
export const Bar = () => html`<header class="bar">
  <a class="brand" href="/console">VOX</a>
  ${me.value && html`<${Menu} me=${me.value} />`}
  <div class="who">
    ${
      me.value &&
      html`<${Live} /><${Find} /><span class="role">${t('shell.who', { tenant: me.value.tenantId, role: named('role', me.value.role) })}</span>
        <button type="button" onClick=${signOut}>${t('shell.signOut')}</button>`
    }
    <${Language} />
  </div>
</header>`;
