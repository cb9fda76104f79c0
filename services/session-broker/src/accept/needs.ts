import type { Bus, Replica } from '@vox/shared/bus';
import type { Policy } from '@vox/shared/contracts';
import type { SessionClaims, Signer } from '@vox/shared/crypto';
import type { Tallies } from '@vox/shared/store';
import type { Log } from '@vox/shared/telemetry';
import type { Clock } from '@vox/shared/time';
import type { Slots } from '../decide/slots.ts';
import type { Sessions } from '../keep/sessions.ts';
import type { Provider } from '../publish/provider.ts';

/** What the handlers of this service work with. */
export type Needs = Readonly<{
  bus: Bus;
  slots: Tallies<Slots>;
  sessions: Sessions;
  provider: Provider;
  policies: Pick<Replica<Policy>, 'get'>;
  sign: Signer<SessionClaims>;
  /** 32 bytes that client secrets are sealed under. */
  sealKey: Uint8Array;
  clock: Clock;
  log: Log;
}>;
