import type { z } from 'zod';

/** A kind of replicated document: every service may hold all of them in memory and hears each change. */
export type DocumentKind<D extends z.ZodType = z.ZodType> = Readonly<{ bucket: string; summary: string; data: D }>;

export const documentKind = <D extends z.ZodType>(bucket: string, summary: string, data: D): DocumentKind<D> => ({
  bucket,
  summary,
  data,
});
