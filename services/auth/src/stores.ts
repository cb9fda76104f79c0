import type { Agents } from './agents/keep/agents.ts';
import type { ApiKeyRings } from './api-keys/keep/api-key-rings.ts';
import type { SpentNonces } from './api-keys/keep/spent-nonces.ts';
import type { Codes } from './codes/keep.ts';
import type { Mails } from './courier/keep.ts';
import type { KnownDevices, Logins } from './logins/keep.ts';
import type { Rosters } from './members/keep.ts';
import type { SecondFactors } from './second-factors/keep.ts';
import type { KeyRings } from './signing-keys/keep.ts';
import type { Connections } from './single-sign-on/keep/connections.ts';
import type { ProvedDomains } from './single-sign-on/keep/domains.ts';
import type { Flows } from './single-sign-on/keep/flows.ts';
import type { Links } from './single-sign-on/keep/links.ts';
import type { Tenants } from './tenants/keep.ts';

/** Everything that auth keeps. */
export type Stores = Readonly<{
  tenants: Tenants;
  agents: Agents;
  keyRings: KeyRings;
  apiKeyRings: ApiKeyRings;
  spentNonces: SpentNonces;
  codes: Codes;
  mails: Mails;
  rosters: Rosters;
  logins: Logins;
  devices: KnownDevices;
  secondFactors: SecondFactors;
  connections: Connections;
  provedDomains: ProvedDomains;
  flows: Flows;
  links: Links;
}>;
