import { useState } from 'preact/hooks';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { textOf } from '../../parts/form.js';
import { Confirm } from '../../parts/form-dialog.js';
import { Pages, Table } from '../../parts/table.js';
import { Head, say } from '../../parts/text.js';
import { ask } from '../../request.js';
import { may } from '../../shell/who.js';
import { named, t } from '../../words.js';
import { EndAllCalls } from '../calls/end-call.js';

/** @typedef {Readonly<{kind: 'status' | 'end', tenant: any}>} Open */

/**
 * Suspends or resumes, bound to the version that was read.
 * @param {{tenant: any, onClose: () => void, onDone: () => void}} given
 */
function SetStatus({ tenant: { tenantId, status, version }, onClose, onDone }) {
  const isActive = status === 'active';
  const title = isActive ? t('tenants.suspend') : t('tenants.resume');
  return html`<${Confirm}
    title=${`${title}: ${tenantId}`}
    text=${isActive ? t('tenants.suspendText') : t('tenants.resumeText')}
    word=${isActive ? tenantId : undefined}
    submit=${title}
    onSubmit=${(/** @type {FormData} */ data) =>
      ask(
        o.setTenantStatus,
        { tenantId, status: isActive ? 'suspended' : 'active', reason: textOf(data, 'reason') },
        { ifMatch: version },
      )}
    onClose=${onClose}
    onDone=${() => {
      say(isActive ? t('tenants.suspended', { tenant: tenantId }) : t('tenants.resumed', { tenant: tenantId }));
      onDone();
    }}
  />`;
}

/** @param {{tenant: any, onClose: () => void, onDone: () => void}} given */
const EndCalls = ({ tenant: { tenantId }, onClose, onDone }) => html`<${EndAllCalls}
  tenantId=${tenantId}
  title=${`${t('calls.endAll')}: ${tenantId}`}
  end=${(/** @type {string} */ reason) => ask(o.endCallsOfTenant, { tenantId, reason })}
  onClose=${onClose}
  onDone=${onDone}
/>`;

/** The tenants of the installation, for the platform’s operators. */
export function Screen() {
  const [after, setAfter] = useState('');
  const [open, show] = useState(/** @type {Open | undefined} */ (undefined));
  const asked = useAsked(() => ask(o.listTenants, { after, limit: 50 }), [after]);
  const close = () => show(undefined);
  /** @param {any} tenant */
  const rowOf = (tenant) => [
    html`${tenant.displayName}<br /><code>${tenant.tenantId}</code>`,
    html`<span class=${`state ${tenant.status}`}>${named('tenantStatus', tenant.status)}</span>`,
    tenant.halted ? t('kill.isEngaged') : '–',
    tenant.version,
    html`<div class="actions">
      ${
        may(o.setTenantStatus) &&
        html`<button type="button" aria-label=${`${t('tenants.setStatus')}: ${tenant.tenantId}`} onClick=${() => show({ kind: 'status', tenant })}>
          ${tenant.status === 'active' ? t('tenants.suspend') : t('tenants.resume')}
        </button>`
      }
      ${
        may(o.endCallsOfTenant) &&
        html`<button type="button" aria-label=${`${t('calls.endAll')}: ${tenant.tenantId}`} onClick=${() => show({ kind: 'end', tenant })}>
          ${t('calls.endAll')}
        </button>`
      }
    </div>`,
  ];
  return html`<${Head} title=${t('menu.tenants')}><button type="button" onClick=${asked.again}>${t('state.refresh')}</button><//>
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ { tenants, unreadable, next }) => html`${
        unreadable.length > 0 &&
        html`<p class="trouble">${t('tenants.unreadable', { tenants: unreadable.join(', ') })}</p>`
      }
        <${Table}
          caption=${t('menu.tenants')}
          heads=${[t('tenants.tenant'), t('tenants.status'), t('tenants.killSwitch'), t('tenants.version'), t('table.actions')]}
          rows=${tenants.map(rowOf)}
          keys=${tenants.map((/** @type {any} */ { tenantId }) => tenantId)}
          empty=${t('tenants.none')}
        />
        <${Pages} first=${after === ''} next=${next} onFirst=${() => setAfter('')} onNext=${() => setAfter(next)} />`}
    <//>
    ${open?.kind === 'status' && html`<${SetStatus} tenant=${open.tenant} onClose=${close} onDone=${asked.again} />`}
    ${open?.kind === 'end' && html`<${EndCalls} tenant=${open.tenant} onClose=${close} onDone=${asked.again} />`}`;
}
