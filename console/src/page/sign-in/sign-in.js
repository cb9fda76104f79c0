import { useEffect, useState } from 'preact/hooks';
import { html } from '../html.js';
import { operations } from '../operations.js';
import { problemText } from '../parts/asked.js';
import { Field, Form, textOf } from '../parts/form.js';
import { Head, say } from '../parts/text.js';
import { ask } from '../request.js';
import { t } from '../words.js';
import { enter, rememberReturn } from './enter.js';

/** The token of an invitation’s link. It is taken out of the address, so that no history keeps it. */
function takeInvitation() {
  const token = /^#invitation=([A-Za-z0-9_-]{1,64})$/.exec(location.hash)?.[1];
  if (token !== undefined) history.replaceState(null, '', location.pathname + location.search);
  return token;
}

/** The token that somebody came with, or that a link followed later in this tab brought. */
function useInvitation() {
  const [invitation, setInvitation] = useState(takeInvitation);
  useEffect(() => {
    const take = () => setInvitation((before) => takeInvitation() ?? before);
    addEventListener('hashchange', take);
    return () => removeEventListener('hashchange', take);
  }, []);
  return invitation;
}

/** Asks whether the mail domain has a provider, and goes there; says so where it has none. @param {string} email */
async function goToProvider(email) {
  const domain = email.split('@')[1] ?? '';
  const start = `/api/auth/sso/start?domain=${encodeURIComponent(domain)}`;
  const answer = await fetch(start, { redirect: 'manual' }).catch(() => undefined);
  if (answer?.type === 'opaqueredirect') location.assign(start);
  else if (answer === undefined) say(t('state.offline'));
  else say(answer.status === 404 ? t('signIn.noProvider') : problemText(await answer.json()));
}

/** @param {{invited: boolean, onSent: (sent: {email: string, tenantId: string}) => void}} given */
function AskForCode({ invited, onSent }) {
  const [email, setEmail] = useState('');
  const [tenantId, setTenantId] = useState('');
  const typed = (/** @type {(text: string) => void} */ keep) => (/** @type {any} */ event) =>
    keep(event.target.value.trim());
  return html`<p>${invited ? t('signIn.invited') : t('signIn.text')}</p>
    <${Form}
      submit=${t('signIn.send')}
      onSubmit=${() => ask(operations.sendCode, { email, tenantId })}
      onDone=${() => onSent({ email, tenantId })}
    >
      <${Field}
        label=${t('signIn.email')}
        name="email"
        type="email"
        autocomplete="email"
        required
        value=${email}
        onInput=${typed(setEmail)}
      />
      <details>
        <summary>${t('signIn.several')}</summary>
        <${Field}
          label=${t('signIn.tenant')}
          hint=${t('signIn.tenantHint')}
          name="tenantId"
          autocomplete="organization"
          autocapitalize="none"
          value=${tenantId}
          onInput=${typed(setTenantId)}
        />
      </details>
    <//>
    <p>
      <button type="button" disabled=${!email.includes('@')} onClick=${() => goToProvider(email)}>
        ${t('signIn.provider')}
      </button>
    </p>`;
}

/** @param {{sent: {email: string, tenantId: string}, invitation: string | undefined, onBack: () => void}} given */
const GiveCode = ({ sent, invitation, onBack }) => html`<p role="status">${t('signIn.sent', { email: sent.email })}</p>
  <${Form}
    submit=${t('signIn.enter')}
    onSubmit=${(/** @type {FormData} */ data) => ask(operations.verifyCode, { ...sent, invitation, code: textOf(data, 'code') })}
    onDone=${enter}
    onCancel=${onBack}
  >
    <${Field}
      label=${t('signIn.code')}
      hint=${t('signIn.codeHint')}
      name="code"
      inputmode="numeric"
      autocomplete="one-time-code"
      pattern="[0-9 ]{6,8}"
      isNext=${true}
      required
    />
  <//>`;

/** Signing in: an address, then the code of the mail. A link of an invitation leads here too. */
export function Screen() {
  const invitation = useInvitation();
  const [sent, setSent] = useState(/** @type {{email: string, tenantId: string} | undefined} */ (undefined));
  useEffect(rememberReturn, []);
  return html`<section class="narrow">
    <${Head} title=${t('signIn.title')} />
    ${
      sent === undefined
        ? html`<${AskForCode} invited=${invitation !== undefined} onSent=${setSent} />`
        : html`<${GiveCode} sent=${sent} invitation=${invitation} onBack=${() => setSent(undefined)} />`
    }
  </section>`;
}
