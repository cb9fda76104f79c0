import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type AddressObject, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A mail as it arrived. `sender` and `recipients` are those of the envelope; the rest stands in the message. */
export type CaughtMail = Readonly<{
  id: number;
  at: string;
  sender: string;
  recipients: readonly string[];
  from: string;
  to: readonly string[];
  subject: string;
  messageId: string;
  text: string;
  html: string;
}>;

export type CaughtMails = Readonly<{
  /** Where mails are taken, as SMTP_URL wants it. */
  smtpUrl: string;
  /** The newest last. */
  all: () => readonly CaughtMail[];
  close: () => Promise<void>;
}>;

const bytesMax = 1_048_576;

/** Takes every mail by SMTP and sends none on. It keeps the last few hundred, in memory. */
export async function catchMails({
  host,
  port: wanted,
  now,
  keptMax,
}: Readonly<{ host: string; port: number; now: () => Date; keptMax: number }>): Promise<CaughtMails> {
  const mails: CaughtMail[] = [];
  let last = 0;
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    size: bytesMax,
    logger: false,
    onData(stream, session, done) {
      const { mailFrom, rcptTo } = session.envelope;
      simpleParser(stream)
        .then((read) => {
          last += 1;
          mails.push({
            id: last,
            at: now().toISOString(),
            sender: mailFrom === false ? '' : mailFrom.address,
            recipients: rcptTo.map(({ address }) => address),
            from: read.from?.text ?? '',
            to: addressesOf(read.to),
            subject: read.subject ?? '',
            messageId: read.messageId ?? '',
            text: read.text ?? '',
            html: read.html || '',
          });
          if (mails.length > keptMax) mails.shift();
          done();
        })
        .catch(done);
    },
  });
  // A client that goes away in the middle is no reason to stop.
  server.on('error', () => undefined);
  server.listen(wanted, host);
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    smtpUrl: `smtp://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`,
    all: () => mails,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const addressesOf = (to: AddressObject | AddressObject[] | undefined): string[] =>
  [to ?? []].flat().flatMap(({ value }) => value.flatMap(({ address }) => address ?? []));
