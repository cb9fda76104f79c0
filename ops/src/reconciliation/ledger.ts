import type { AuthLedger } from '@vox/auth/ledger';
import type { ComplianceLedger } from '@vox/compliance/ledger';
import type { CheckIdentifiers, Policy } from '@vox/contracts';
import type { QuotaLedger } from '@vox/quota/ledger';
import type { BrokerLedger } from '@vox/session-broker/ledger';
import type { z } from 'zod';

/** A fact as a stream keeps it, under the subject name that it was published on. */
export type PublishedFact = Readonly<{
  id: string;
  type: string;
  subjectName: string;
  tenantId: string;
  sessionId?: string | undefined;
  atMs: number;
  data: Readonly<Record<string, unknown>>;
}>;

/** Everything that the services keep and have published. It is streamed: an installation may exceed the memory. */
export type Ledger = Readonly<{
  nowMs: number;
  policies: ReadonlyMap<string, Policy>;
  quota: QuotaLedger;
  broker: BrokerLedger;
  auth: AuthLedger;
  compliance: ComplianceLedger;
  /** Facts of calls whose session ids are in a range. May be read again. */
  calls: (range: IdRange) => AsyncIterable<PublishedFact>;
  /** Facts that name no session. */
  others: () => AsyncIterable<PublishedFact>;
  /** The number of facts of calls. */
  callCount: number;
  /** The time of the oldest fact of a call. Older facts are gone, by their age or with the data of a server. */
  callsFromMs: number;
  /**
   * Identifiers of the persons of a tenant that lead to nobody. `unanswered` when compliance, which alone can decrypt
   * them, does not answer.
   */
  identifiers: (tenantId: string) => AsyncIterable<OddIdentifiers | 'unanswered'>;
  /** The number of messages that a consumer has not finished, by its name. */
  behind: ReadonlyMap<string, number>;
  /** The causes of dead letters, by `<consumer> <subject name>`. */
  deadLetters: ReadonlyMap<string, string>;
}>;

export type OddIdentifiers = Omit<z.infer<(typeof CheckIdentifiers)['reply']>, 'next'>;

/** Session ids are random, so a range of their first digits is a part of all sessions. */
export type IdRange = Readonly<{ after?: string | undefined; before?: string | undefined }>;
export const isIn = (id: string, { after, before }: IdRange): boolean =>
  (after === undefined || id > after) && (before === undefined || id < before);

/** A finding breaks an invariant. A note is worth a look. */
export type Finding = Readonly<{ kind: 'finding' | 'note'; text: string }>;

export const finding = (text: string): Finding => ({ kind: 'finding', text });
export const note = (text: string): Finding => ({ kind: 'note', text });

/** A younger fact may still be under way. */
export const graceMs = 10_000;
/** Services forget their decisions after two days. Until then the ledger can be compared with the facts. */
export const rememberedMs = 36 * 3_600_000;
