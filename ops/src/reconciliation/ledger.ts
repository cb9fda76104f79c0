import type { AuthLedger } from '@vox/auth/ledger';
import type { ComplianceLedger } from '@vox/compliance/ledger';
import type { CheckIdentifiers, Policy } from '@vox/contracts';
import type { QuotaLedger } from '@vox/quota/ledger';
import type { BrokerLedger } from '@vox/session-broker/ledger';
import type { z } from 'zod';

/** A fact as a stream keeps it. `subjectName` is where it was told. */
export type Told = Readonly<{
  id: string;
  type: string;
  subjectName: string;
  tenantId: string;
  sessionId?: string | undefined;
  atMs: number;
  data: Readonly<Record<string, unknown>>;
}>;

/** Everything that the services keep and have told. All of it is streamed: an installation may be larger than a memory. */
export type Ledger = Readonly<{
  nowMs: number;
  policies: ReadonlyMap<string, Policy>;
  quota: QuotaLedger;
  broker: BrokerLedger;
  auth: AuthLedger;
  compliance: ComplianceLedger;
  /** Facts of calls, of sessions whose ids are in a range. May be asked again. */
  calls: (range: IdRange) => AsyncIterable<Told>;
  /** Facts of calls that are about a tenant as a whole, and all that are not of calls. */
  others: () => AsyncIterable<Told>;
  /** How many facts of calls there are. */
  callCount: number;
  /** Since when: what was told before is gone, with its age or with a server's data. */
  callsFromMs: number;
  /** What persons of a tenant are known by that leads to nobody; `unanswered` where compliance, which alone can open it, does not say. */
  identifiers: (tenantId: string) => AsyncIterable<OddIdentifiers | 'unanswered'>;
  /** Messages that a consumer has not finished, by its name. */
  behind: ReadonlyMap<string, number>;
  /** Messages that were given up, with their cause, by `<consumer> <subject name>`. */
  deadLetters: ReadonlyMap<string, string>;
}>;

export type OddIdentifiers = Omit<z.infer<(typeof CheckIdentifiers)['reply']>, 'next'>;

/** Ids of sessions are random, so a part of their first digits is a part of them. */
export type IdRange = Readonly<{ after?: string | undefined; before?: string | undefined }>;
export const isIn = (id: string, { after, before }: IdRange): boolean =>
  (after === undefined || id > after) && (before === undefined || id < before);

/** `findings` break an invariant; `notes` are worth a look. */
export type Finding = Readonly<{ kind: 'finding' | 'note'; text: string }>;

export const finding = (text: string): Finding => ({ kind: 'finding', text });
export const note = (text: string): Finding => ({ kind: 'note', text });

/** What is younger may still be under way. */
export const graceMs = 10_000;
/** Services forget what they decided two days ago; until then their ledger can be held against the facts. */
export const rememberedMs = 36 * 3_600_000;
