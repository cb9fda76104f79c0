import type { Express } from 'express';
import type { Servers } from '../servers.ts';

/** What one process of the bench serves. */
export type Path = Readonly<{
  app: Express;
  /** What a request brings: widget keys, tokens or answers. */
  credentials: readonly string[];
}>;
export type Paths = Readonly<Record<string, (servers: Servers) => Promise<Path>>>;

/** A path without tenants, and so without credentials. */
export const bare = (app: Express): Path => ({ app, credentials: [''] });
