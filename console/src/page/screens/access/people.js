import { useState } from 'preact/hooks';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { Filters } from '../../parts/filters.js';
import { Field } from '../../parts/form.js';
import { Table } from '../../parts/table.js';
import { At, Head } from '../../parts/text.js';
import { useWanted } from '../../parts/wanted.js';
import { ask } from '../../request.js';
import { searched } from '../../router.js';
import { may } from '../../shell/who.js';
import { named, t } from '../../words.js';
import { deviceText, placeText } from './login-words.js';
import { ChangeRole, EndLogin, Invite, RemoveMember, ResetFactors } from './people-dialogs.js';

/** @typedef {Readonly<{kind: 'invite' | 'role' | 'remove' | 'reset' | 'login', row?: any}>} Open */

/** @param {{member: any, open: (open: Open) => void}} given */
function Actions({ member, open }) {
  /** @param {Open['kind']} kind @param {string} text */
  const button = (kind, text) =>
    html`<button type="button" aria-label=${`${text}: ${member.email}`} onClick=${() => open({ kind, row: member })}>${text}</button>`;
  return html`<div class="actions">
    ${may(o.changeRole) && button('role', t('people.role'))}
    ${member.status === 'active' && may(o.resetFactors) && button('reset', t('people.reset'))}
    ${may(o.removeMember) && button('remove', t('people.remove'))}
  </div>`;
}

/** @param {any} member */
const status = ({ status: is, invitationEndsAt }) =>
  is === 'active' ? t('people.active') : html`${t('people.invited')} <${At} at=${invitationEndsAt} />`;

/** Whether somebody is looked for: by the whole id, or by a part of the address. @param {string} sought */
const isSought =
  (sought) =>
  (/** @type {any} */ { memberId, email }) =>
    memberId === sought || email.toLowerCase().includes(sought.toLowerCase());

/** @param {{asked: import('../../parts/asked.js').Asked, open: (open: Open) => void, sought: string}} given */
const Members = ({ asked, open, sought }) => html`<${Shown} asked=${asked}>
  ${(/** @type {any} */ { members: all }) => {
    const members = all.filter(isSought(sought));
    return html`<${Table}
    caption=${t('people.members')}
    heads=${[t('people.email'), t('people.roleHead'), t('people.status'), t('people.joined'), t('table.actions')]}
    rows=${members.map((/** @type {any} */ member) => [
      html`${member.email}<br /><code>${member.memberId}</code>`,
      named('role', member.role),
      status(member),
      html`<${At} at=${member.joinedAt} />`,
      html`<${Actions} member=${member} open=${open} />`,
    ])}
    keys=${members.map((/** @type {any} */ { memberId }) => memberId)}
    empty=${t('people.none')}
  />`;
  }}
<//>`;

/** @param {{asked: import('../../parts/asked.js').Asked, members: any, open: (open: Open) => void}} given */
const Logins = ({ asked, members, open }) => html`<${Shown} asked=${asked}>
  ${(/** @type {any} */ { logins }) => html`<${Table}
    caption=${t('people.logins')}
    heads=${[t('people.email'), t('login.device'), t('login.place'), t('login.started'), t('login.seen'), t('table.actions')]}
    rows=${logins.map((/** @type {any} */ row) => [
      members.find((/** @type {any} */ { memberId }) => memberId === row.memberId)?.email ?? row.memberId,
      row.name ?? deviceText(row.device),
      placeText(row.place),
      html`<${At} at=${row.startedAt} />`,
      html`<${At} at=${row.lastSeenAt} />`,
      may(o.revokeLogin) &&
        html`<button type="button" onClick=${() => open({ kind: 'login', row })}>${t('login.end')}</button>`,
    ])}
    keys=${logins.map((/** @type {any} */ { loginId }) => loginId)}
    empty=${t('login.none')}
  />`}
<//>`;

const dialogs = { invite: Invite, role: ChangeRole, remove: RemoveMember, reset: ResetFactors, login: EndLogin };

/** Who may sign in, as what, and where they are signed in. */
export function Screen() {
  const [open, show] = useState(/** @type {Open | undefined} */ (undefined));
  const asked = useAsked(() => ask(o.listMembers), []);
  const logins = useAsked(() => (may(o.listLogins) ? ask(o.listLogins) : Promise.resolve({ kind: 'offline' })), []);
  const again = () => {
    asked.again();
    logins.again();
  };
  const sought = searched('member');
  useWanted('invite', o.inviteMember, () => show({ kind: 'invite' }));
  const members = asked.answer?.kind === 'answered' ? asked.answer.body.members : [];
  const Open = open && dialogs[open.kind];
  return html`<${Head} title=${t('menu.people')}>
      ${may(o.inviteMember) && html`<button type="button" class="main" onClick=${() => show({ kind: 'invite' })}>${t('people.invite')}</button>`}
    <//>
    <${Filters} values=${{ member: sought }}>
      <${Field} label=${t('people.find')} name="member" autocomplete="off" spellcheck=${false} />
    <//>
    <${Members} asked=${asked} open=${show} sought=${sought} />
    ${may(o.listLogins) && html`<h2>${t('people.logins')}</h2><${Logins} asked=${logins} members=${members} open=${show} />`}
    ${Open && html`<${Open} row=${open.row} onClose=${() => show(undefined)} onDone=${again} />`}`;
}
