import { facts } from '../facts.js';
import { html } from '../html.js';
import { operations } from '../operations.js';
import { say } from '../parts/text.js';
import { menuOf } from '../places.js';
import { ask } from '../request.js';
import { go } from '../router.js';
import { here, me } from '../state.js';
import { choose, languages, locale, named, t } from '../words.js';

async function signOut() {
  const answer = await ask(operations.signOut);
  if (answer.kind === 'offline') return say(t('state.offline'));
  // The next person shall not be led to where this one was.
  go('/console/sign-in');
  me.value = null;
}

const chosen = (/** @type {Event} */ event) =>
  event.target instanceof HTMLSelectElement && void choose(event.target.value);

const Language = () => html`<select aria-label=${t('shell.language')} onChange=${chosen}>
  ${languages.map(
    (each) =>
      html`<option value=${each} lang=${each} selected=${locale().startsWith(each)}>${named('language', each)}</option>`,
  )}
</select>`;

/** @param {{me: import('../access.js').Me}} given */
const Menu = ({ me: who }) => html`<nav aria-label=${t('shell.menu')}>
  <ul>
    ${menuOf(facts, who).map(({ name, path }) => {
      const at = here.value.path;
      const current = at === path ? 'page' : at.startsWith(`${path}/`) ? 'true' : undefined;
      return html`<li key=${name}><a href=${path} aria-current=${current}>${named('menu', name)}</a></li>`;
    })}
  </ul>
</nav>`;

/** The bar: whose console it is, the menu that somebody’s role allows, the language, and the way out. */
export const Bar = () => html`<header class="bar">
  <a class="brand" href="/console">VOX</a>
  ${me.value && html`<${Menu} me=${me.value} />`}
  <div class="who">
    ${
      me.value &&
      html`<span class="role">${t('shell.who', { tenant: me.value.tenantId, role: named('role', me.value.role) })}</span>
        <button type="button" onClick=${signOut}>${t('shell.signOut')}</button>`
    }
    <${Language} />
  </div>
</header>`;
