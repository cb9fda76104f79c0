import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import type { MailContent, QueuedMail } from './decide/mail.ts';

/** Mails that wait, by their ids. One that was sent or given up is gone. */
export type Mails = DocumentStore<QueuedMail>;

const ms = z.number().int();

export const storedMails: StoredKind<QueuedMail> = {
  collection: 'mails',
  schema: z.object({
    template: z.enum(['code', 'invitation', 'new-device', 'second-factor', 'digest']),
    tenantId: z.string().nullable(),
    sealed: z.string(),
    queuedAtMs: ms,
    endsAtMs: ms,
    dueAtMs: ms,
    tries: z.number().int(),
    lease: z.string().nullable(),
  }),
  dueAtMs: ({ dueAtMs }) => dueAtMs,
};

/** What is sealed within a mail: to whom it goes, and what it says. */
export type Sealed = Readonly<{ to: string; content: MailContent }>;

const moment = z.iso.datetime();
const content: z.ZodType<MailContent> = z.discriminatedUnion('template', [
  z.object({
    template: z.literal('code'),
    values: z.object({ code: z.string(), purpose: z.enum(['login', 'step-up']), expiresAt: moment }),
  }),
  z.object({
    template: z.literal('invitation'),
    values: z.object({ invitedBy: z.string(), role: z.string(), link: z.url(), expiresAt: moment }),
  }),
  z.object({
    template: z.literal('new-device'),
    values: z.object({ device: z.string(), place: z.string(), at: moment }),
  }),
  z.object({
    template: z.literal('second-factor'),
    values: z.object({
      byMember: z.boolean(),
      at: moment,
      changes: z.array(
        z.object({
          what: z.enum(['added', 'removed', 'recovery-made', 'recovery-used']),
          factorKind: z.enum(['totp', 'passkey']).nullable(),
        }),
      ),
    }),
  }),
  z.object({
    template: z.literal('digest'),
    values: z.object({
      from: moment,
      to: moment,
      counts: z.array(z.object({ code: z.string(), count: z.number().int() })),
    }),
  }),
]);
export const SealedMail: z.ZodType<Sealed> = z.object({ to: z.string(), content });
