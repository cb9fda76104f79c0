import type { ConsentPurpose } from '@vox/contracts';
import type { ConsentRecord, Consents } from './consent.ts';

/** One answer and whose it is. */
export type ListedConsent = Readonly<{ subjectId: string; record: ConsentRecord }>;

export type WantedConsents = Readonly<{
  purpose?: ConsentPurpose | undefined;
  given?: boolean | undefined;
  /** At or after. */
  fromMs: number;
  /** Before. */
  toMs: number;
  /** Older than this place alone. */
  after?: string | undefined;
}>;

type Placed = Pick<ConsentRecord, 'atMs' | 'receiptId'>;

/** Where an answer stands; two of one moment stand by their ids. */
export const placeOf = ({ atMs, receiptId }: Placed): string => `${atMs}_${receiptId}`;

export function placeIn(text: string): Placed {
  const [atMs = '', receiptId = ''] = text.split('_');
  return { atMs: Number(atMs), receiptId };
}

const newestFirst = (a: Placed, b: Placed): number =>
  b.atMs - a.atMs || (a.receiptId < b.receiptId ? 1 : Number(a.receiptId > b.receiptId) * -1);

export function wantedOf(
  { subjectId, records }: Pick<Consents, 'subjectId' | 'records'>,
  { purpose, given, fromMs, toMs, after }: WantedConsents,
): ListedConsent[] {
  const last = after === undefined ? undefined : placeIn(after);
  return records
    .filter(
      (record) =>
        (purpose === undefined || record.purpose === purpose) &&
        (given === undefined || record.given === given) &&
        record.atMs >= fromMs &&
        record.atMs < toMs &&
        (last === undefined || newestFirst(last, record) < 0),
    )
    .map((record) => ({ subjectId, record }));
}

/** The newest of them, in their order. */
export const newestOf = (found: readonly ListedConsent[], most: number): ListedConsent[] =>
  found.toSorted((a, b) => newestFirst(a.record, b.record)).slice(0, most);

const dayMs = 86_400_000;

/**
 * Times to look through one after another, the newest first, each eight times as long as the one before it: whoever
 * wants the newest page reads little, and whoever wants the oldest one asks few times.
 */
export function* windowsOf(fromMs: number, toMs: number): Generator<Readonly<{ fromMs: number; toMs: number }>> {
  let end = toMs;
  for (let span = dayMs; end > fromMs; span *= 8) {
    const start = Math.max(fromMs, end - span);
    yield { fromMs: start, toMs: end };
    end = start;
  }
}
