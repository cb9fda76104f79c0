import { randomUUID } from 'node:crypto';
import { type Log, logger } from '@vox/platform/telemetry';
import { type Clock, stoppedClock } from '@vox/platform/time';
import { memoryMails } from '../memory.ts';
import type { Mails } from './keep.ts';
import { type IsMember, type Mail, openCourier, queueMail } from './mod.ts';
import type { MailServer, Message } from './publish.ts';

export const ann = 'ann@example.com';
export const codeMail: Mail = {
  ...{ id: 'code:1', to: ann, template: 'code' },
  values: { code: '314159', purpose: 'login', expiresAt: '2026-05-05T12:10:00.000Z' },
};
export const invitation: Mail = {
  ...{ id: 'invitation:1', to: ann, template: 'invitation', tenantId: 'acme' },
  values: {
    ...{ invitedBy: 'bob@example.com', role: 'admin' },
    ...{ link: 'https://vox.example/accept#secret-link', expiresAt: '2026-05-12T12:00:00.000Z' },
  },
};

type Amendments = Readonly<{
  mails?: Mails;
  mailServer?: MailServer;
  members?: readonly string[];
  isMember?: IsMember;
  clock?: Clock;
  withPersonalData?: boolean;
}>;
type Reply = 'sent' | 'refused' | Error | Promise<'sent' | 'refused'>;

/** A mail server that answers as it is told, by default `sent`. */
export function fakeMailServer() {
  const seen: Message[] = [];
  const replies: Reply[] = [];
  const mailServer: MailServer = {
    address: 'mail.example:587',
    async send(message, signal) {
      seen.push(message);
      const reply = replies.shift() ?? 'sent';
      if (reply instanceof Error) throw reply;
      const cut = new Promise<never>((_, reject) =>
        signal.addEventListener('abort', () => reject(new Error(`cut off from ${ann}`))),
      );
      return Promise.race([reply, cut]);
    },
  };
  return { mailServer, seen, reply: (...next: Reply[]) => void replies.push(...next) };
}

/** A courier in a test: a stopped clock, a queue in memory or the one given, and what it logs. */
export function courierOnTwins({
  mails = memoryMails(),
  mailServer = fakeMailServer().mailServer,
  members = [ann],
  isMember = async (address, tenantId) => (members.includes(address) ? { tenantId: tenantId ?? 'acme' } : undefined),
  clock: given,
  withPersonalData = false,
}: Amendments = {}) {
  const stopped = stoppedClock('2026-05-05T12:00:00.000Z');
  const clock = given ?? stopped;
  const sealKey = Buffer.alloc(32, 1);
  const logged: string[] = [];
  const destination = { write: (line: string) => void logged.push(line) };
  const log: Log = logger({ service: 'auth', withPersonalData, destination });
  const branding = { primaryColor: '#123456' };
  const start = () =>
    openCourier({
      ...{ mails, mailServer, isMember, sealKey, clock, log, uuid: randomUUID },
      tenants: { read: async () => ({ draft: { displayName: 'Acme', branding } }) as never },
    });
  return {
    ...{ mails, clock: stopped, start, sealKey },
    logged: () => logged.join(''),
    queue: (mail: Mail, wakeCourier: () => void = () => undefined) =>
      queueMail({ mails, sealKey, clock, wakeCourier }, mail),
    waiting: () => mails.keys(100),
  };
}
