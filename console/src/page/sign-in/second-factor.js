import { useState } from 'preact/hooks';
import { html } from '../html.js';
import { operations as o } from '../operations.js';
import { Head } from '../parts/text.js';
import { t } from '../words.js';
import { AddFactor, RecoveryCodes } from './add-factor.js';
import { enter, pendingMethods } from './enter.js';
import { ShowFactor } from './factor-forms.js';

const completing = {
  totp: o.completeWithTotp,
  recovery: o.completeWithRecovery,
  challenge: o.challengeToComplete,
  passkey: o.completeWithPasskey,
};
const adding = {
  beginTotp: o.beginFirstTotp,
  finishTotp: o.finishFirstTotp,
  beginPasskey: o.beginFirstPasskey,
  finishPasskey: o.finishFirstPasskey,
};
const all = ['passkey', 'totp', 'recovery'];

/** Between the code and the login: shows a second factor, or adds the first one where the tenant demands it. */
export function Screen() {
  const [codes, setCodes] = useState(/** @type {readonly string[]} */ ([]));
  const methods = pendingMethods.value;
  const added = (/** @type {any} */ body) =>
    body.recoveryCodes?.length > 0 ? setCodes(body.recoveryCodes) : enter(body);
  const add = html`<p>${t('factor.mustAdd')}</p><${AddFactor} ways=${adding} onDone=${added} />`;
  return html`<section class="narrow">
    <${Head} title=${t('factor.title')} />
    ${
      codes.length > 0
        ? html`<${RecoveryCodes} codes=${codes} onDone=${() => enter({})} />`
        : methods?.length === 0
          ? add
          : html`<p>${t('factor.text')}</p>
              <${ShowFactor} methods=${methods ?? all} ways=${completing} onDone=${enter} />
              ${methods === undefined && html`<details><summary>${t('factor.none')}</summary>${add}</details>`}`
    }
    <p><a href="/console/sign-in">${t('factor.back')}</a></p>
  </section>`;
}
