import type { Withdrawal } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { SealKey, SealKeys, SessionClaims, Signer } from '@vox/platform/crypto';
import type { Log } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';
import type { Leads } from './calls/keep/leads.ts';
import type { Policies } from './calls/keep/policies.ts';
import type { Sessions } from './calls/keep/sessions.ts';
import type { MakeCall, Providers, ReadAgent } from './provider/mod.ts';
import type { SlotCounters, SlotHolders } from './slots/mod.ts';
import type { Tools } from './tools/mod.ts';
import type { Watchers, Watches } from './watch/mod.ts';

/** Everything that this service is wired from. A command takes only what it uses of it. */
export type Dependencies = Readonly<{
  bus: Bus;
  slots: SlotCounters;
  holders: SlotHolders;
  sessions: Sessions;
  leads: Leads;
  watchers: Watchers;
  watches: Watches;
  providers: Providers;
  makeCall: MakeCall;
  policies: Policies;
  /** What visitors took back. */
  withdrawn: Readonly<{ get: (key: string) => Withdrawal | undefined }>;
  /** What was revoked, logins among it. */
  revoked: Readonly<{ get: (key: string) => unknown }>;
  readAgent: ReadAgent;
  tools: Tools;
  sign: Signer<SessionClaims>;
  /** What client secrets and persons are sealed under. */
  sealKey: SealKeys;
  /** What references to persons are made with. */
  personKey: SealKey;
  /** How long a direct call may go on with heartbeats alone. Without it, as long as any other call. */
  proveSeconds?: number | undefined;
  clock: Clock;
  log: Log;
}>;
