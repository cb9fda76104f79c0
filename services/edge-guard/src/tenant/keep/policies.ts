import type { Policy } from '@vox/contracts';
import type { Held } from '../../store/mod.ts';

/** The policies of all tenants. */
export type Policies = Held<Policy>;
/** What was revoked: keys and logins, each under its name. */
export type Revocations = Held<unknown>;
