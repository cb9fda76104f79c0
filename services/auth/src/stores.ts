import type { Agents } from './agents/keep/agents.ts';
import type { PolicyVersions } from './policy-versions/keep.ts';
import type { KeyRings } from './signing-keys/keep.ts';
import type { Tenants } from './tenants/keep.ts';

/** Everything that auth keeps. */
export type Stores = Readonly<{ tenants: Tenants; policyVersions: PolicyVersions; agents: Agents; keyRings: KeyRings }>;
