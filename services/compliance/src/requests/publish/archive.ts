import { createHash } from 'node:crypto';
import type { HeldRecord } from '@vox/contracts';
import { type Cell, csvOf } from '@vox/platform/csv';
import { strToU8, type Zippable, zipSync } from 'fflate';
import type { Section } from '../decide/cover-page.ts';
import { htmlOf, textOf } from './cover-page.ts';

export type About = Readonly<{
  tenantId: string;
  requestId: string;
  receivedAt: string;
  gatheredAt: string;
  /** Calls that went on meanwhile: with any, the archive holds a part. */
  openSessionIds: readonly string[];
}>;
export type Records = Readonly<Record<string, readonly HeldRecord[]>>;
type File = Readonly<{ name: string; bytes: Uint8Array }>;
/** All that an archive holds but the proof of it. */
export type Contents = Readonly<{ files: readonly File[]; manifest: File; at: Date }>;

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** One column for each field that some record of a kind has; what is no plain value stands as JSON. */
function tableOf(records: readonly HeldRecord[]): string {
  const fields = [...new Set(records.flatMap(({ data }) => Object.keys(data)))];
  const rows = records.map(({ id, data }) => [id, ...fields.map((field) => cellOf(data[field]))]);
  return csvOf([['id', ...fields], ...rows], { bom: true });
}

const cellOf = (value: HeldRecord['data'][string] | undefined): Cell =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : value;

/** How many records of each kind each service holds. */
export const countsOf = (byService: Records): { service: string; kind: string; records: number }[] =>
  Object.entries(byService).flatMap(([service, records]) =>
    [...new Set(records.map(({ kind }) => kind))].map((kind) => ({
      ...{ service, kind },
      records: records.filter((record) => record.kind === kind).length,
    })),
  );

const dataFiles = (byService: Records): File[] =>
  countsOf(byService).flatMap(({ service, kind }) => {
    const of = (byService[service] ?? []).filter((record) => record.kind === kind);
    const json = JSON.stringify(
      of.map(({ id, data }) => ({ id, ...data })),
      null,
      2,
    );
    return [
      { name: `${service}/${kind}.json`, bytes: strToU8(json) },
      { name: `${service}/${kind}.csv`, bytes: strToU8(tableOf(of)) },
    ];
  });

/**
 * All that was found about a person: a cover page to read, for each service and kind of record a file of JSON and one
 * of CSV, and a manifest with the SHA-256 of each. The same records give the same bytes.
 */
export function contentsOf(about: About, cover: readonly Section[], byService: Records): Contents {
  const files = [
    { name: 'cover-page.html', bytes: strToU8(htmlOf(cover)) },
    { name: 'cover-page.txt', bytes: strToU8(`\ufeff${textOf(cover)}`) },
    ...dataFiles(byService),
  ];
  const listed = files.map(({ name, bytes }) => ({ name, bytes: bytes.length, sha256: sha256(bytes) }));
  const { openSessionIds, ...rest } = about;
  const summary = { ...rest, partial: openSessionIds.length > 0, openSessionIds, services: Object.keys(byService) };
  const manifest = strToU8(JSON.stringify({ ...summary, files: listed }, null, 2));
  return { files, manifest: { name: 'manifest.json', bytes: manifest }, at: new Date(about.gatheredAt) };
}

/** The archive, with the receipt that proves its manifest, as one ZIP. */
export function archiveOf({ files, manifest, at }: Contents, receipt: string): Uint8Array {
  const [cover = [], data = []] = [files.slice(0, 2), files.slice(2)];
  const entries = [...cover, manifest, { name: 'receipt.jws', bytes: strToU8(receipt) }, ...data];
  // A time of the request, not of the clock: an archive that is made again is the same.
  const zippable: Zippable = Object.fromEntries(entries.map(({ name, bytes }) => [name, [bytes, { mtime: at }]]));
  return zipSync(zippable);
}
