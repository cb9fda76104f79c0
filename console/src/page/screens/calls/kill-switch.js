import { useState } from 'preact/hooks';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { textOf } from '../../parts/form.js';
import { Confirm } from '../../parts/form-dialog.js';
import { say } from '../../parts/text.js';
import { useWanted } from '../../parts/wanted.js';
import { ask } from '../../request.js';
import { me } from '../../state.js';
import { t } from '../../words.js';

/** The kill switch of the tenant: whether it is engaged, and turning it. @param {{onDone: () => void}} given */
export function KillSwitch({ onDone }) {
  const [isOpen, setOpen] = useState(false);
  const asked = useAsked(() => ask(o.showPolicy), [], { resources: ['kill-switch', 'policy'] });
  useWanted('kill-switch', o.setKillSwitch, () => setOpen(true));
  return html`<${Shown} asked=${asked}>
    ${(/** @type {any} */ { policy: { halted } }) => {
      const turned = halted ? t('kill.release') : t('kill.engage');
      return html`<p class=${halted ? 'trouble' : ''}>
          ${halted ? t('kill.isEngaged') : t('kill.isReleased')}
          ${' '}<button type="button" class=${halted ? '' : 'danger'} onClick=${() => setOpen(true)}>${turned}</button>
        </p>
        ${
          isOpen &&
          html`<${Confirm}
            title=${turned}
            text=${halted ? t('kill.releaseText') : t('kill.engageText')}
            word=${halted ? undefined : me.value?.tenantId}
            submit=${turned}
            onSubmit=${(/** @type {FormData} */ data) => ask(o.setKillSwitch, { engaged: !halted, reason: textOf(data, 'reason') })}
            onClose=${() => setOpen(false)}
            onDone=${() => {
              say(halted ? t('kill.released') : t('kill.engaged'));
              asked.again();
              onDone();
            }}
          />`
        }`;
    }}
  <//>`;
}
