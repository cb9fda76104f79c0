import type { Bus } from '@vox/platform/bus';
import type { ProofClaims, Signer } from '@vox/platform/crypto';
import type { Log } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';
import type { KeyUses } from './api-keys/command/key-uses.ts';
import type { Stores } from './stores.ts';
import type { Defaults } from './tenants/decide/policy.ts';

/** What auth is wired from. Each command takes the few things that it uses. */
export type AuthDependencies = Stores &
  Readonly<{
    bus: Bus;
    /** Which set of each tenant's agents this copy has published last. */
    publishedSets: Map<string, string>;
    /** When API keys were used last, until it is written. */
    keyUses: KeyUses;
    signProof: Signer<ProofClaims>;
    defaults: Defaults;
    /** 32 bytes that private signing keys are sealed under. */
    sealKey: Uint8Array;
    clock: Clock;
    uuid: () => string;
    random: (size: number) => Uint8Array;
    log: Log;
  }>;
