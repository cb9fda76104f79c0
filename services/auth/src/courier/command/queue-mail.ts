import { type SealKeys, seal } from '@vox/platform/crypto';
import type { Clock } from '@vox/platform/time';
import { endOfMailMs, type Mail, type MailContent } from '../decide/mail.ts';
import { type Mails, SealedMail } from '../keep.ts';

export type QueueMailDependencies = Readonly<{
  mails: Pick<Mails, 'decideOnce'>;
  /** 32 bytes that address and values are sealed under. */
  sealKey: SealKeys;
  clock: Clock;
  /** Tells the courier of this process that there is something to send. */
  wakeCourier: () => void;
}>;

/** What the address and the values of a mail are sealed for. */
export const sealedFor = (id: string): string => `mail:${id}`;

/**
 * Puts a mail into the queue, from where it is sent even if this process dies now. It does not wait for the sending. A
 * mail whose id is in the queue already is not put there again.
 */
export async function queueMail(
  { mails, sealKey, clock, wakeCourier }: QueueMailDependencies,
  { id, to, tenantId, ...rest }: Mail,
): Promise<void> {
  const content = { template: rest.template, values: rest.values } as MailContent;
  const nowMs = clock.now().getTime();
  await mails.decideOnce(id, {
    propose: () => ({
      template: content.template,
      tenantId: tenantId ?? null,
      sealed: seal(sealKey, sealedFor(id), JSON.stringify(SealedMail.parse({ to, content }))),
      queuedAtMs: nowMs,
      endsAtMs: endOfMailMs(content, nowMs),
      dueAtMs: nowMs,
      tries: 0,
      lease: null,
    }),
  });
  wakeCourier();
}

/** Takes a mail out of the queue, unless it has gone out already. */
export const withdrawMail = ({ mails }: Readonly<{ mails: Pick<Mails, 'remove'> }>, id: string): Promise<void> =>
  mails.remove(id);
