import type { Bus, Replica } from '@vox/shared/bus';
import type { Policy } from '@vox/shared/contracts';
import type { SealKey, SessionClaims, Signer } from '@vox/shared/crypto';
import type { Tallies } from '@vox/shared/store';
import type { Log } from '@vox/shared/telemetry';
import type { Clock } from '@vox/shared/time';
import type { Slots } from '../decide/slots.ts';
import type { Sessions } from '../keep/sessions.ts';
import type { Provider } from '../publish/provider.ts';
import type { AgentOf } from './agents.ts';

/** What the handlers of this service work with. */
export type Needs = Readonly<{
  bus: Bus;
  slots: Tallies<Slots>;
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
