import { useEffect } from 'preact/hooks';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { At, Head } from '../../parts/text.js';
import { ask } from '../../request.js';
import { t } from '../../words.js';
import { DeadLetters } from './dead-letters.js';
import { keepTelling, moving } from './moving.js';
import { Breakers, Consumers, Findings, Services, Versions } from './platform-tables.js';

/** How the installation is, as its services tell it, for the platform’s operators. */
export function Screen() {
  const asked = useAsked(() => ask(o.showPlatform), [], moving);
  useEffect(keepTelling, []);
  return html`<${Head} title=${t('menu.platform')}>
      <button type="button" onClick=${asked.again}>${t('state.refresh')}</button>
    <//>
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ status) => html`<p class="faint">${t('platform.at')} <${At} at=${status.at} /></p>
        <${Versions} status=${status} />
        <${Services} services=${status.services} />
        <${Consumers} consumers=${status.consumers} deadLetters=${status.deadLetters} />
        <${DeadLetters} counted=${status.deadLetters} onChange=${asked.again} />
        <${Breakers} services=${status.services} />
        <${Findings} findings=${status.findings} />`}
    <//>`;
}
