import {
  type ConsentPurpose,
  type ConsentReceipt,
  type Policy,
  requiredConsents,
  type Withdrawal,
} from '@vox/contracts';

/** A consent receipt that proved sound. */
export type ProvedReceipt = Readonly<{ at: Date; says: ConsentReceipt }>;

/** A receipt proves what was said in this visit, not in one of last year. */
const provesMs = 86_400_000;

export type ConsentQuestion = Readonly<{
  policy: Policy;
  visitorId: string;
  receipts: readonly ProvedReceipt[];
  withdrawal: Withdrawal | undefined;
  /** SHA-256 of the words in force for a purpose, hexadecimal. */
  hashOf: (purpose: ConsentPurpose) => string;
  nowMs: number;
}>;

/**
 * What the tenant demands before a call and the visitor has not shown: given for these words, lately, and not taken
 * back.
 */
export const missing = (question: ConsentQuestion): readonly ConsentPurpose[] =>
  requiredConsents(question.policy).filter((purpose) => !isGiven(question, purpose));

function isGiven(
  { policy, visitorId, receipts, withdrawal, hashOf, nowMs }: ConsentQuestion,
  purpose: ConsentPurpose,
): boolean {
  if (withdrawal?.purposes.includes(purpose)) return false;
  return receipts.some(
    ({ at, says }) =>
      says.given &&
      says.purpose === purpose &&
      says.tenantId === policy.tenantId &&
      says.visitorId === visitorId &&
      says.version === policy.consent.version &&
      says.textHash === hashOf(purpose) &&
      nowMs - at.getTime() < provesMs,
  );
}
