import { type ConsentChoice, ConsentPurpose, type Withdrawal } from '@vox/contracts';

/** One answer of a visitor, as it is kept. What the receipt says of the person is sealed. */
export type ConsentRecord = Readonly<{
  receiptId: string;
  purpose: ConsentPurpose;
  version: string;
  textHash: string;
  /** The language of what was shown. Answers of before it was kept have none. */
  locale?: string | undefined;
  method: ConsentChoice['method'];
  given: boolean;
  atMs: number;
  /** The receipt and whose it is, sealed under the subject's key. */
  sealed: string;
  /** Whether its fact is published. Until then the record stands in the outbox, which the sweep publishes. */
  told: boolean;
}>;

/** All that a subject was shown and answered, oldest first. */
export type Consents = Readonly<{
  tenantId: string;
  subjectId: string;
  records: readonly ConsentRecord[];
  /** What is sealed of it does not open, so it stands in no outbox until it does. */
  aside?: boolean | undefined;
}>;

/** No person gives more answers. */
export const recordsMax = 200;

/** What a subject answered last for a purpose. */
export const latest = (consents: Consents | undefined, purpose: ConsentPurpose): ConsentRecord | undefined =>
  consents?.records.findLast((each) => each.purpose === purpose);

/**
 * Whether a subject said yes last. To which words does not matter once a call lives: new words ask again before the
 * next one.
 */
export const isGiven = (consents: Consents | undefined, purpose: ConsentPurpose): boolean =>
  latest(consents, purpose)?.given === true;

/** Whether a subject said no last. Without a word it neither gave nor took back. */
export const isWithdrawn = (consents: Consents | undefined, purpose: ConsentPurpose): boolean =>
  latest(consents, purpose)?.given === false;

/** Whether a subject ever took back, or refused, anything. */
export const everRefused = ({ records }: Consents): boolean => records.some(({ given }) => !given);

/** The record that says the same already, if it is the last word. */
export function sameAnswer(
  consents: Consents | undefined,
  { purpose, version, textHash, given }: Pick<ConsentRecord, 'purpose' | 'version' | 'textHash' | 'given'>,
): ConsentRecord | undefined {
  const last = latest(consents, purpose);
  return last?.version === version && last.textHash === textHash && last.given === given ? last : undefined;
}

/** The last word for each purpose up to a moment. */
export const inForceAt = (consents: Consents | undefined, atMs: number): readonly ConsentRecord[] =>
  ConsentPurpose.options.flatMap(
    (purpose) => consents?.records.findLast((each) => each.purpose === purpose && each.atMs <= atMs) ?? [],
  );

/** The consents with one more answer; the same answer again changes nothing. `full` past the bound. */
export function record(consents: Consents, answer: ConsentRecord): Consents | 'full' {
  if (sameAnswer(consents, answer) !== undefined) return consents;
  if (consents.records.length >= recordsMax) return 'full';
  return { ...consents, records: [...consents.records, answer], aside: undefined };
}

export const putAside = (consents: Consents): Consents => ({ ...consents, aside: true });
export const takenBack = (consents: Consents): Consents => ({ ...consents, aside: undefined });

/** Records whose fact is not published yet. */
export const outboxOf = ({ records }: Pick<Consents, 'records'>): readonly ConsentRecord[] =>
  records.filter(({ told }) => !told);

/** The consents with records out of the outbox. */
export const published = (consents: Consents, receiptIds: readonly string[]): Consents => ({
  ...consents,
  records: consents.records.map((each) => (receiptIds.includes(each.receiptId) ? { ...each, told: true } : each)),
});

/** A door needs to know of a withdrawal for as long as a visitor's page may live. */
const shownMs = 2 * 86_400_000;

/** What every door must know that a subject took back. `undefined` when nothing stands withdrawn. */
export function withdrawalOf(consents: Consents | undefined): Withdrawal | undefined {
  const purposes = ConsentPurpose.options.filter((purpose) => isWithdrawn(consents, purpose));
  if (purposes.length === 0) return undefined;
  const atMs = Math.max(0, ...purposes.map((purpose) => latest(consents, purpose)?.atMs ?? 0));
  return { purposes, at: new Date(atMs).toISOString(), until: new Date(atMs + shownMs).toISOString() };
}
