import { createHash } from 'node:crypto';
import type { HeldRecord } from '@vox/shared/contracts';
import { stringify } from 'csv-stringify/sync';
import { strToU8, type Zippable, zipSync } from 'fflate';

export type About = Readonly<{ tenantId: string; requestId: string; receivedAt: string }>;

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** One column for each field that some record of a kind has; what is no plain value stands as JSON. */
function csvOf(records: readonly HeldRecord[]): string {
  const fields = [...new Set(records.flatMap(({ data }) => Object.keys(data)))];
  const rows = records.map(({ id, data }) => [id, ...fields.map((field) => cellOf(data[field]))]);
  // A spreadsheet takes a cell that begins like one for a formula.
  return stringify([['id', ...fields], ...rows], { escape_formulas: true, record_delimiter: 'windows' });
}

function cellOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/**
 * All that was found about a person as one ZIP archive: for each service and kind of record a file of JSON and one of CSV, and a manifest with the
 * SHA-256 of each. The same records give the same bytes.
 */
export function archiveOf(about: About, byService: Readonly<Record<string, readonly HeldRecord[]>>): Uint8Array {
  const files = Object.entries(byService).flatMap(([service, records]) =>
    [...new Set(records.map(({ kind }) => kind))].flatMap((kind) => {
      const of = records.filter((record) => record.kind === kind);
      const json = JSON.stringify(
        of.map(({ id, data }) => ({ id, ...data })),
        null,
        2,
      );
      return [
        { name: `${service}/${kind}.json`, bytes: strToU8(json) },
        { name: `${service}/${kind}.csv`, bytes: strToU8(csvOf(of)) },
      ];
    }),
  );
  const listed = files.map(({ name, bytes }) => ({ name, bytes: bytes.length, sha256: sha256(bytes) }));
  const manifest = JSON.stringify({ ...about, services: Object.keys(byService), files: listed }, null, 2);
  const entries = [{ name: 'manifest.json', bytes: strToU8(manifest) }, ...files];
  const zippable: Zippable = Object.fromEntries(
    // A time of the request, not of the clock: an archive that is made again is the same.
    entries.map(({ name, bytes }) => [name, [bytes, { mtime: new Date(about.receivedAt) }]]),
  );
  return zipSync(zippable);
}
