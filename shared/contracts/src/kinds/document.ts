import type { z } from 'zod';

/** A kind of replicated document. Every service may hold all documents of a kind in memory and follow each change. */
export type DocumentKind<D extends z.ZodType = z.ZodType> = Readonly<{ bucket: string; summary: string; data: D }>;

export const documentKind = <D extends z.ZodType>(bucket: string, summary: string, data: D): DocumentKind<D> => ({
  bucket,
  summary,
  data,
});

/** The key-value bucket that holds a kind, the stream below it, and the subject names under which it is written. */
export const bucketOf = ({ bucket }: DocumentKind): string => `vox-${bucket}`;
export const bucketStreamOf = (kind: DocumentKind): string => `KV_${bucketOf(kind)}`;
export const bucketFilterOf = (kind: DocumentKind): string => `$KV.${bucketOf(kind)}.>`;

/**
 * The subject names under which the server republishes each stored change. Nobody may publish there. A follower
 * subscribes and needs no consumer, and so no right to make one: that would be a right to have the server say anything
 * anywhere.
 */
export const changePrefixOf = ({ bucket }: DocumentKind): string => `vox.changed.${bucket}.`;
export const changeFilterOf = (kind: DocumentKind): string => `${changePrefixOf(kind)}>`;
