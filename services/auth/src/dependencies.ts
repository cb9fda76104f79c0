import type { Bus } from '@vox/platform/bus';
import type { Egress } from '@vox/platform/egress';
import type { Log } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';
import type { DigestMail } from './refusal-digests/command/tell-digests.ts';
import type { Stores } from './stores.ts';
import type { Defaults } from './tenants/decide/policy.ts';

/** What auth is wired from. Each command takes the few things that it uses. */
export type AuthDependencies = Stores &
  Readonly<{
    bus: Bus;
    /** Which set of each tenant's agents this copy has published last. */
    publishedSets: Map<string, string>;
    defaults: Defaults;
    /** 32 bytes that private signing keys are sealed under. */
    sealKey: Uint8Array;
    clock: Clock;
    uuid: () => string;
    random: (size: number) => Uint8Array;
    /** The way out to the receivers of webhooks. */
    egress: Egress;
    /** Queues the weekly digest of refusals as a mail. Left out where no mail is sent. */
    queueDigest?: ((mail: DigestMail) => Promise<void>) | undefined;
    log: Log;
  }>;
