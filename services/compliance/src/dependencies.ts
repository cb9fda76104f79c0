import type { Policy } from '@vox/contracts';
import type { Bus, Replica } from '@vox/platform/bus';
import type { MasterKeyKeeping } from '@vox/platform/master-keys';
import type { Redactor } from '@vox/platform/redaction-thread';
import type { Log } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';
import type { Stores } from './stores.ts';
import type { KeyRing } from './vault/keep/key-ring.ts';
import type { Receipts } from './vault/keep/receipts.ts';
import type { Vault } from './vault/keep/vault.ts';

/** All that the service is wired from. Each command takes the few things of it that it names. */
export type Dependencies = Stores &
  Readonly<{
    bus: Bus;
    policies: Pick<Replica<Policy>, 'get' | 'current'>;
    masterKeys: MasterKeyKeeping;
    ring: KeyRing;
    vault: Vault;
    receipts: Receipts;
    /** Redacts what was said, long texts away from the loop that hears every fact. */
    reading: Pick<Redactor, 'redact' | 'redactAlone'>;
    /** What is said is still taken so long after the end of its call. */
    graceMs: number;
    clock: Clock;
    uuid: () => string;
    random: (size: number) => Uint8Array;
    log: Log;
  }>;
