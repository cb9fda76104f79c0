import { z } from 'zod';
import type { Box } from '../../vault/mod.ts';
import type { ConsentRecord } from '../decide/consent.ts';

const SealedRecord = z.object({ receipt: z.string(), visitorId: z.string() });
/** What is sealed of a record. */
export type SealedRecord = Readonly<z.infer<typeof SealedRecord>>;

const placeOf = (receiptId: string): string => `consent:${receiptId}`;

export const sealRecord = (box: Box, receiptId: string, sealed: SealedRecord): string =>
  box.seal(placeOf(receiptId), JSON.stringify(sealed));

/** What is sealed of a record; `undefined` if the box is another. */
export function openRecord(
  box: Box,
  { receiptId, sealed }: Pick<ConsentRecord, 'receiptId' | 'sealed'>,
): SealedRecord | undefined {
  const text = box.open(placeOf(receiptId), sealed);
  return text === undefined ? undefined : SealedRecord.parse(JSON.parse(text));
}
