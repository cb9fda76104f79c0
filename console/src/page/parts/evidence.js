import { useEffect, useRef } from 'preact/hooks';
import { moment } from '../format.js';
import { html } from '../html.js';
import { me, zone } from '../state.js';
import { locale, named, t } from '../words.js';
import { Datum } from './datum.js';

/** The moment of printing. It is written as the browser begins to print, whoever told it to. */
function PrintedAt() {
  const time = useRef(/** @type {HTMLTimeElement | null} */ (null));
  useEffect(() => {
    const write = () => {
      const now = new Date().toISOString();
      if (time.current === null) return;
      time.current.dateTime = now;
      time.current.textContent = moment(locale(), zone.peek(), now);
    };
    write();
    addEventListener('beforeprint', write);
    return () => removeEventListener('beforeprint', write);
  }, []);
  return html`<time ref=${time}></time>`;
}

/** What a sheet of paper has to say of itself. Only paper shows it. */
const Imprint = () => html`<dl class="details printed">
  <${Datum} label=${t('signIn.tenant')}><code>${me.value?.tenantId}</code><//>
  <${Datum} label=${t('evidence.zone')}>${zone.value}<//>
  <${Datum} label=${t('evidence.by')}>
    <code>${`member:${me.value?.memberId}`}</code> (${named('role', me.value?.role ?? '')})
  <//>
  <${Datum} label=${t('evidence.at')}><${PrintedAt} /><//>
  <${Datum} label=${t('evidence.address')}><code>${location.origin + location.pathname}</code><//>
</dl>`;

/**
 * Something to put on paper as a proof, alone and with whose it is, in which zone its times are, who printed it and
 * when.
 * @param {{children: any}} given
 */
export const Evidence = ({ children }) => html`<article class="evidence">
  <${Imprint} />
  ${children}
  <p><button type="button" onClick=${() => print()}>${t('evidence.print')}</button></p>
</article>`;
