/** What each kind of mail says. Moments are ISO 8601 in UTC. */
export type MailValues = Readonly<{
  code: Readonly<{ code: string; purpose: 'login' | 'step-up'; expiresAt: string }>;
  /** `role` as people read it; `link` is an address of this installation, where the invitation is accepted. */
  invitation: Readonly<{ invitedBy: string; role: string; link: string; expiresAt: string }>;
  /** `device` such as “Firefox on Linux”, `place` as coarse as the class of a network address. */
  'new-device': Readonly<{ device: string; place: string; at: string }>;
  /** What changed of a member’s second factors, and whether the member did it. It holds no secret. */
  'second-factor': Readonly<{
    byMember: boolean;
    at: string;
    changes: readonly Readonly<{
      what: 'added' | 'removed' | 'recovery-made' | 'recovery-used';
      factorKind: 'totp' | 'passkey' | null;
    }>[];
  }>;
  /** How many requests were refused, by the code of the refusal. */
  digest: Readonly<{ from: string; to: string; counts: readonly Readonly<{ code: string; count: number }>[] }>;
}>;
export type MailTemplate = keyof MailValues;

/** What a mail says, with its template. */
export type MailContent = {
  [T in MailTemplate]: Readonly<{ template: T; values: MailValues[T] }>;
}[MailTemplate];

/** A mail to be sent. `id` names it once and for all: asked for twice, it is sent once. */
export type Mail = MailContent & Readonly<{ id: string; to: string; tenantId?: string | undefined }>;

/** A mail in the queue. Address and values are sealed. */
export type QueuedMail = Readonly<{
  template: MailTemplate;
  tenantId: string | null;
  sealed: string;
  queuedAtMs: number;
  /** After this moment it is no longer sent. */
  endsAtMs: number;
  /** When it is tried next; while a copy sends it, when that copy's lease ends. */
  dueAtMs: number;
  tries: number;
  /** Which try of which copy has it now. */
  lease: string | null;
}>;

const secondMs = 1_000;
const dayMs = 86_400_000;
/** Longer than one try may take, so that no two copies send one mail. */
const leaseMs = 60 * secondMs;
const longestWaitMs = 300 * secondMs;

/** Until when a mail is tried: a code for as long as it lives, everything else for a day. */
export const endOfMailMs = (mail: MailContent, nowMs: number): number =>
  mail.template === 'code' ? Date.parse(mail.values.expiresAt) : nowMs + dayMs;

/** Whether a mail goes to members alone. Whoever asks for a code may type any address. */
export const isForMembersAlone = (template: MailTemplate): boolean => template === 'code';

/** Gives a mail to one copy. `undefined` when another has it, or when it is not due yet. */
export const leased = (mail: QueuedMail, lease: string, nowMs: number): QueuedMail | undefined =>
  mail.dueAtMs > nowMs ? undefined : { ...mail, lease, tries: mail.tries + 1, dueAtMs: nowMs + leaseMs };

/** Puts a mail back after a try that failed: it waits twice as long as before, at most five minutes. */
export const putBack = (mail: QueuedMail, nowMs: number): QueuedMail => ({
  ...mail,
  lease: null,
  dueAtMs: nowMs + Math.min(secondMs * 2 ** Math.min(mail.tries - 1, 20), longestWaitMs),
});
