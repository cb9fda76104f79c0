import { AnchorReceipt, CheckpointReceipt, PageReceipt, readReceipt } from '@vox/platform/crypto';
import type { ReadPage } from '../decide/export.ts';
import type { ReadPlace } from '../decide/verify.ts';

type PublicKey = Readonly<{ kid: string; x: string }>;

/** Reads receipts of places under a set of public keys. Parsing and signatures cost, so a key is looked up in a map. */
export function placeReader(keys: readonly PublicKey[]): ReadPlace {
  const byKid = new Map(keys.map((key) => [key.kid, key]));
  const kinds = { checkpoint: CheckpointReceipt, anchor: AnchorReceipt };
  return (kind, receipt) =>
    readReceipt(kinds[kind], receipt, (kid) => byKid.get(kid)).then(
      ({ says }) => says,
      () => undefined,
    );
}

/** What an export is verified with. */
export function exportReaders(keys: readonly PublicKey[]): Readonly<{ place: ReadPlace; page: ReadPage }> {
  const byKid = new Map(keys.map((key) => [key.kid, key]));
  return {
    place: placeReader(keys),
    page: (receipt) =>
      readReceipt(PageReceipt, receipt, (kid) => byKid.get(kid)).then(
        ({ says }) => says,
        () => undefined,
      ),
  };
}
