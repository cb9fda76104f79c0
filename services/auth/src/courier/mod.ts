export { type Courier, type CourierDependencies, openCourier } from './accept.ts';
export type { IsMember } from './command/deliver-mail.ts';
export { type QueueMailDependencies, queueMail, withdrawMail } from './command/queue-mail.ts';
export type { Mail, MailTemplate, MailValues } from './decide/mail.ts';
export { type MailServer, smtpServer } from './publish.ts';
