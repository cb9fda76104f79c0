import type { z } from 'zod';

/** A kind of replicated document: every service may hold all of them in memory and hears each change. */
export type DocumentKind<D extends z.ZodType = z.ZodType> = Readonly<{ bucket: string; summary: string; data: D }>;

export const documentKind = <D extends z.ZodType>(bucket: string, summary: string, data: D): DocumentKind<D> => ({
  bucket,
  summary,
  data,
});

/** The key-value bucket of the server that holds a kind, the stream below it, and the subject names that are written to. */
export const bucketOf = ({ bucket }: DocumentKind): string => `vox-${bucket}`;
export const bucketStreamOf = (kind: DocumentKind): string => `KV_${bucketOf(kind)}`;
export const bucketFilterOf = (kind: DocumentKind): string => `$KV.${bucketOf(kind)}.>`;

/**
 * Under which subject names the server itself says each change once it has stored it. Nobody may publish there. A follower subscribes: it needs no
 * consumer of its own, and so no right to make one, which would be a right to have the server say anything anywhere.
 */
export const changePrefixOf = ({ bucket }: DocumentKind): string => `vox.changed.${bucket}.`;
export const changeFilterOf = (kind: DocumentKind): string => `${changePrefixOf(kind)}>`;
