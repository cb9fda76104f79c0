import type { Bus } from '@vox/platform/bus';
import type { Log } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';
import type { Agents } from './agents/keep/agents.ts';
import type { KeyRings } from './signing-keys/keep.ts';
import type { Defaults } from './tenants/decide/tenant.ts';
import type { Tenants } from './tenants/keep.ts';

/** What the handlers of this service work with. */
export type Needs = Readonly<{
  bus: Bus;
  tenants: Tenants;
  agents: Agents;
  /** Which set of each tenant's agents this copy has shown last. */
  shownSets: Map<string, string>;
  keyRings: KeyRings;
  defaults: Defaults;
  /** 32 bytes that private signing keys are sealed under. */
  sealKey: Uint8Array;
  clock: Clock;
  uuid: () => string;
  random: (size: number) => Uint8Array;
  log: Log;
}>;
