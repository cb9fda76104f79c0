import type { Express } from 'express';
import type { Servers } from '../servers.ts';

/** What one process of the bench serves. */
export type Path = Readonly<{
  app: Express;
  /** What those who ask prove themselves by: widget keys, or tokens. */
  credentials: readonly string[];
}>;
export type Paths = Readonly<Record<string, (servers: Servers) => Promise<Path>>>;

/** A path that has no tenants and so no credentials. */
export const bare = (app: Express): Path => ({ app, credentials: [''] });
