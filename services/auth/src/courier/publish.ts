import { createTransport } from 'nodemailer';

/** A mail as it leaves. `id` is the same each time that it is tried: a mailbox may know it again. */
export type Message = Readonly<{
  id: string;
  fromName: string;
  to: string;
  subject: string;
  text: string;
  html: string;
}>;

export type MailServer = Readonly<{
  /** Where it is, without credentials: fit for a log. */
  address: string;
  /**
   * Resolves with `sent` once the server has taken the message, and with `refused` when it never will. Rejects for
   * whatever may be different next time, and when the signal aborts.
   */
  send: (message: Message, signal: AbortSignal) => Promise<'sent' | 'refused'>;
}>;

export type SmtpOptions = Readonly<{
  /** `smtp://` goes over to TLS before anything is said, `smtps://` begins with it. It may hold user and password. */
  url: string;
  /** The address that mails come from. */
  from: string;
  /** Lets `smtp://` go without TLS where the server offers none: to one on this machine or network. */
  isPlain: boolean;
}>;

/**
 * One address and nothing else, in ASCII. The library below reads a text as a list of addresses, so one that could be a
 * list, a name or a second command goes no further, whoever handed it on.
 */
const oneAddress = /^[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[a-z0-9.-]{1,253}$/i;

const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

/** A mail server that is spoken to by SMTP (RFC 5321), with a connection for each message. */
export function smtpServer({ url, from, isPlain }: SmtpOptions): MailServer {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'smtps:';
  const host = hostname.replace(/^\[|\]$/g, '');
  const told = { host, port: Number(port) || (secure ? 465 : 587) };
  const transport = createTransport({
    ...told,
    ...patience,
    secure,
    requireTLS: !secure && !isPlain,
    // Encrypted to whoever it may be is better than plain (RFC 7435), where plain is allowed.
    tls: { rejectUnauthorized: secure || !isPlain },
    ...(username && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    // A text is a text: no word in it is taken for a file or an address to read.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    address: `${told.host}:${told.port}`,
    async send({ id, fromName, to, subject, text, html }, signal) {
      if (!oneAddress.test(to)) return 'refused';
      const message = {
        messageId: `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`,
        from: { name: fromName, address: from },
        to: { name: '', address: to },
        // Written out, so that no header can add a recipient.
        envelope: { from, to: [to] },
        subject,
        text,
        html,
        // RFC 3834: no machine answers it.
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      };
      try {
        await transport.sendMail({ ...message, signal });
        return 'sent';
      } catch (error) {
        if (isRefused(error)) return 'refused';
        throw error;
      }
    },
  };
}

/** A server that will not have this recipient or this message. That it lets nobody in is put right by an operator. */
function isRefused(error: unknown): boolean {
  const { code, command, permanent } = error as Readonly<{ code?: string; command?: string; permanent?: boolean }>;
  return permanent === true && (code === 'EMESSAGE' || (code === 'EENVELOPE' && command === 'RCPT TO'));
}
