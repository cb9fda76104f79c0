import type { Agents } from './agents/keep/agents.ts';
import type { KeyAges } from './key-ages/keep/key-ages.ts';
import type { KeyDays } from './key-ages/keep/key-days.ts';
import type { Digests, RefusalParts } from './refusal-digests/keep/digests.ts';
import type { KeyRings } from './signing-keys/keep.ts';
import type { Tenants } from './tenants/keep.ts';
import type { Deliveries } from './webhooks/keep/deliveries.ts';
import type { Endpoints } from './webhooks/keep/endpoints.ts';
import type { Queues } from './webhooks/keep/queues.ts';

/** Everything that auth keeps. */
export type Stores = Readonly<{
  tenants: Tenants;
  agents: Agents;
  keyRings: KeyRings;
  keyAges: KeyAges;
  keyDays: KeyDays;
  digests: Digests;
  refusalParts: RefusalParts;
  endpoints: Endpoints;
  deliveries: Deliveries;
  queues: Queues;
}>;
