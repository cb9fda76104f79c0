export { type QueueMailDependencies, queueMail, withdrawMail } from './command/queue-mail.ts';
export type { Mail, MailTemplate, MailValues } from './decide/mail.ts';
