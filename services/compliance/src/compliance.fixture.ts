import { randomBytes, randomUUID } from 'node:crypto';
import type { ConsentChoice } from '@vox/contracts';
import { memoryBus } from '@vox/platform/bus';
import { givenMasterKeys } from '@vox/platform/master-keys';
import { silentLog as log } from '@vox/platform/telemetry';
import { stoppedClock } from '@vox/platform/time';
import { memoryStores } from './memory.ts';
import { openVault, type VaultDependencies } from './vault/command/open-vault.ts';
import { type KeyRingDependencies, keyRing } from './vault/keep/key-ring.ts';
import type { Vault } from './vault/keep/vault.ts';

/** What compliance is wired from in a test: a bus and stores in memory, a clock that stands. */
export const onTwins = () => {
  const clock = stoppedClock('2026-05-05T12:00:00.000Z');
  return {
    bus: memoryBus({ clock }),
    ...memoryStores(),
    sweepMs: 60_000,
    retentionSweepMs: 3_600_000,
    masterKeys: givenMasterKeys([randomBytes(32)]),
    clock,
    uuid: randomUUID,
    random: randomBytes,
    log,
  };
};

/** The vault over these stores, as another copy of the service would have it. */
export const vaultOf = (twins: KeyRingDependencies & Omit<VaultDependencies, 'ring'>): Vault =>
  openVault({ ...twins, ring: keyRing(twins) });

/** What a visitor answers when it is asked whether its words may be kept. */
export const someChoice = (over: Partial<ConsentChoice> = {}): ConsentChoice => ({
  purpose: 'transcripts',
  version: '1',
  textHash: 'a'.repeat(64),
  locale: 'en',
  method: 'click',
  given: true,
  ...over,
});
