import type { Policy } from '@vox/contracts';
import type { Bus, Replica } from '@vox/platform/bus';
import type { SealKey, SessionClaims, Signer } from '@vox/platform/crypto';
import type { Counters } from '@vox/platform/store';
import type { Log } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';
import type { Sessions } from './calls/keep/sessions.ts';
import type { AgentOf } from './provider/command/read-agent.ts';
import type { Provider } from './provider/publish/provider.ts';
import type { Slots } from './slots/decide/slots.ts';

/** What the handlers of this service work with. */
export type Needs = Readonly<{
  bus: Bus;
  slots: Counters<Slots>;
  sessions: Sessions;
  provider: Provider;
  policies: Pick<Replica<Policy>, 'get'>;
  agentOf: AgentOf;
  sign: Signer<SessionClaims>;
  /** What client secrets and persons are sealed under. */
  sealKey: SealKey;
  /** What references to persons are made with. */
  personKey: SealKey;
  /** How long a direct call may go on without anything but heartbeats; `undefined` means as long as any. */
  proveSeconds?: number | undefined;
  clock: Clock;
  log: Log;
}>;
