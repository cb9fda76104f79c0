import { visibleLine } from '@vox/contracts';
import type { MailContent, MailValues } from './mail.ts';

/** How a tenant looks in a mail. */
export type Brand = Readonly<{ displayName: string; primaryColor: string; logoUrl?: string | undefined }>;

export type Part =
  | Readonly<{ kind: 'text'; text: string }>
  | Readonly<{ kind: 'code'; code: string }>
  | Readonly<{ kind: 'button'; label: string; link: string }>
  | Readonly<{ kind: 'table'; head: readonly [string, string]; rows: readonly (readonly [string, string])[] }>;

/** What a mail says, before it becomes text and HTML. Both are made from it, so that neither says more. */
export type Letter = Readonly<{ subject: string; parts: readonly Part[] }>;

const text = (words: string): Part => ({ kind: 'text', text: words });

/** A moment as people read it, in UTC. */
const moment = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;

/** The code stands in no subject: subjects are kept in logs of mail servers, and shown on locked screens. */
function codeLetter({ code, purpose, expiresAt }: MailValues['code'], name: string): Letter {
  const [what, subject] =
    purpose === 'login'
      ? [`sign in at ${name}`, `Your code to sign in at ${name}`]
      : [`confirm what you are doing at ${name}`, `Your code to confirm at ${name}`];
  return {
    subject,
    parts: [
      text(`With this code you ${what}:`),
      { kind: 'code', code },
      text(`It works once, until ${moment(expiresAt)}, in the browser in which you asked for it.`),
      text('If you did not ask for it, somebody typed your address. Without the code nobody gets in.'),
      text('Give it to nobody. We never ask for it by telephone, by mail or in a chat.'),
    ],
  };
}

function invitationLetter({ invitedBy, role, link, expiresAt }: MailValues['invitation'], name: string): Letter {
  return {
    subject: `You are invited to ${name}`,
    parts: [
      text(`${visibleLine(invitedBy)} invites you to ${name}, as ${visibleLine(role)}.`),
      { kind: 'button', label: 'Accept the invitation', link },
      text(`The invitation ends on ${moment(expiresAt)}. If you do not expect it, do nothing.`),
    ],
  };
}

function newDeviceLetter({ device, place, at }: MailValues['new-device'], name: string): Letter {
  return {
    subject: `A new device signed in at ${name}`,
    parts: [
      text(`Somebody signed in at ${name} with your address, from a device that was not seen before.`),
      {
        kind: 'table',
        head: ['What', 'Which'],
        rows: [
          ['Device', visibleLine(device)],
          ['When', moment(at)],
          ['Where', visibleLine(place)],
        ],
      },
      text('If it was you, there is nothing to do. If not, end the login in your list of logins, and tell your owner.'),
    ],
  };
}

const factorNames = { totp: 'An authenticator app', passkey: 'A passkey' } as const;

function changeText({ what, factorKind }: MailValues['second-factor']['changes'][number]): string {
  if (what === 'recovery-made') return 'New recovery codes were made; all former ones are dead.';
  if (what === 'recovery-used') return 'A recovery code was used in the place of a second factor.';
  return `${factorKind === null ? 'A second factor' : factorNames[factorKind]} was ${what}.`;
}

function factorLetter({ byMember, at, changes }: MailValues['second-factor'], name: string): Letter {
  return {
    subject: `Your second factor at ${name} has changed`,
    parts: [
      ...changes.map((change) => text(changeText(change))),
      text(
        `It was done on ${moment(at)}, ${byMember ? 'with your own login' : 'by somebody who manages your members'}.`,
      ),
      text(
        byMember
          ? 'If it was you, there is nothing to do. If not, end all of your logins now, and tell your owner.'
          : 'If you asked for it, add a new second factor at your next login. If not, tell your owner now.',
      ),
    ],
  };
}

function digestLetter({ from, to, counts }: MailValues['digest'], name: string): Letter {
  const rows = counts.map(({ code, count }) => [visibleLine(code), String(count)] as const);
  const found = counts.reduce((sum, { count }) => sum + count, 0);
  return {
    subject: `What was refused at ${name} this week`,
    parts: [
      text(`From ${moment(from)} to ${moment(to)}, ${found} requests were refused.`),
      ...(rows.length === 0 ? [] : [{ kind: 'table', head: ['Code', 'Refused'], rows } as const]),
    ],
  };
}

/** The words of a mail. */
export function letterOf(content: MailContent, brand: Brand): Letter {
  const name = visibleLine(brand.displayName);
  switch (content.template) {
    case 'code':
      return codeLetter(content.values, name);
    case 'invitation':
      return invitationLetter(content.values, name);
    case 'new-device':
      return newDeviceLetter(content.values, name);
    case 'second-factor':
      return factorLetter(content.values, name);
    case 'digest':
      return digestLetter(content.values, name);
  }
}
