import type { Policy } from '@vox/contracts';

/** Documents that are held in memory, and whether all that is known of them has arrived. */
type Held<T> = Readonly<{ get: (key: string) => T | undefined; current: () => boolean }>;

/** The policies of all tenants. */
export type Policies = Held<Policy>;
/** What was revoked: keys and logins, each under its name. */
export type Revocations = Held<unknown>;
