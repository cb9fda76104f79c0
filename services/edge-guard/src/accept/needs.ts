import type { BlockList } from 'node:net';
import type { Bus, Replica } from '@vox/shared/bus';
import type { Policy, RevocationDocument } from '@vox/shared/contracts';
import type { SessionClaims, Signer, Verifier, WidgetClaims } from '@vox/shared/crypto';
import type { Log } from '@vox/shared/telemetry';
import type { Clock } from '@vox/shared/time';
import type { z } from 'zod';
import type { Limit } from '../decide/window.ts';
import type { Limits } from '../keep/limits.ts';
import type { Refusals } from '../publish/refusals.ts';

export type EdgeSettings = Readonly<{
  proxies: BlockList;
  ipLimit: Limit;
  bodyBytes: number;
  requestDeadlineMs: number;
}>;

/** What the routes of this service work with. */
export type Needs = Readonly<{
  bus: Bus;
  limits: Limits;
  /** Takes over, bounded, while `limits` does not answer. */
  fallback: Limits;
  policies: Pick<Replica<Policy>, 'get' | 'current'>;
  revoked: Pick<Replica<z.infer<(typeof RevocationDocument)['data']>>, 'get' | 'current'>;
  signWidget: Signer<WidgetClaims>;
  verifyWidget: Verifier<WidgetClaims>;
  verifySession: Verifier<SessionClaims>;
  refusals: Refusals;
  settings: EdgeSettings;
  clock: Clock;
  uuid: () => string;
  random: (size: number) => Uint8Array;
  log: Log;
}>;
