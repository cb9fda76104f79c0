import { facts } from '../../facts.js';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Field, textOf } from '../../parts/form.js';
import { Confirm, FormDialog, ReasonField } from '../../parts/form-dialog.js';
import { say } from '../../parts/text.js';
import { ask } from '../../request.js';
import { me } from '../../state.js';
import { named, t } from '../../words.js';
import { deviceText } from './login-words.js';

/** @typedef {{row: any, onClose: () => void, onDone: () => void}} Given */

/** Owners alone make owners, and the platform has operators alone. The server holds both. */
const roleOptions = () => {
  const roles = facts.lists.role.filter((role) => role !== 'owner' || me.value?.role === 'owner');
  return roles.map((role) => [role, named('role', role)]);
};

/** Says what was done, and shows the list anew. @param {() => void} onDone @param {string} text */
const told = (onDone, text) => () => {
  say(text);
  onDone();
};

/** @param {Given} given */
export const Invite = ({ onClose, onDone }) => html`<${FormDialog}
  title=${t('people.invite')}
  submit=${t('people.invite')}
  onSubmit=${(/** @type {FormData} */ data) =>
    ask(o.inviteMember, { email: textOf(data, 'email'), role: textOf(data, 'role'), reason: textOf(data, 'reason') })}
  onClose=${onClose}
  onDone=${told(onDone, t('people.inviteSent'))}
>
  <p>${t('people.inviteText')}</p>
  <${Field} label=${t('people.email')} name="email" type="email" autocomplete="off" required />
  <${Field} label=${t('people.roleHead')} name="role" initial="viewer" options=${roleOptions()} />
  <${ReasonField} />
<//>`;

/** @param {Given} given */
export const ChangeRole = ({ row, onClose, onDone }) => html`<${FormDialog}
  title=${t('people.roleTitle', { email: row.email })}
  submit=${t('people.role')}
  onSubmit=${(/** @type {FormData} */ data) =>
    ask(o.changeRole, { memberId: row.memberId, role: textOf(data, 'role'), reason: textOf(data, 'reason') })}
  onClose=${onClose}
  onDone=${told(onDone, t('people.roleChanged', { email: row.email }))}
>
  <p>${t('people.roleText')}</p>
  <${Field} label=${t('people.roleHead')} name="role" initial=${row.role} options=${roleOptions()} />
  <${ReasonField} />
<//>`;

/** @param {Given} given */
export const RemoveMember = ({ row, onClose, onDone }) => html`<${Confirm}
  title=${t('people.removeTitle', { email: row.email })}
  text=${t('people.removeText')}
  word=${row.email}
  submit=${t('people.remove')}
  onSubmit=${(/** @type {FormData} */ data) => ask(o.removeMember, { memberId: row.memberId, reason: textOf(data, 'reason') })}
  onClose=${onClose}
  onDone=${told(onDone, t('people.removed', { email: row.email }))}
/>`;

/** @param {Given} given */
export const ResetFactors = ({ row, onClose, onDone }) => html`<${Confirm}
  title=${t('people.resetTitle', { email: row.email })}
  text=${t('people.resetText')}
  word=${row.email}
  submit=${t('people.reset')}
  onSubmit=${(/** @type {FormData} */ data) => ask(o.resetFactors, { memberId: row.memberId, reason: textOf(data, 'reason') })}
  onClose=${onClose}
  onDone=${told(onDone, t('people.wereReset', { email: row.email }))}
/>`;

/** @param {Given} given */
export const EndLogin = ({ row, onClose, onDone }) => html`<${Confirm}
  title=${t('login.end')}
  text=${t('login.endText', { device: deviceText(row.device) })}
  submit=${t('login.end')}
  onSubmit=${(/** @type {FormData} */ data) => ask(o.revokeLogin, { loginId: row.loginId, reason: textOf(data, 'reason') })}
  onClose=${onClose}
  onDone=${told(onDone, t('login.ended'))}
/>`;
