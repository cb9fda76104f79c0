import { randomBytes, randomUUID } from 'node:crypto';
import { mongoStores } from '@vox/compliance/mongo';
import { type Compliance, startCompliance } from '@vox/compliance/service';
import type { Bus } from '@vox/platform/bus';
import { givenMasterKeys } from '@vox/platform/master-keys';
import { connectMongo, type MongoStore } from '@vox/platform/store';
import { silentLog as log } from '@vox/platform/telemetry';
import { systemClock as clock } from '@vox/platform/time';

/** The bench itself starts its sweeps. */
const paces = { sweepMs: 3_600_000, retentionSweepMs: 3_600_000 };

/** Opens a database of this process alone. */
export const openDatabase = (uri: string, name: string): Promise<MongoStore> =>
  connectMongo({ uri, database: `bench_${name}_${process.pid}`, appName: 'bench', timeoutMs: 10_000 });

export async function dropDatabase({ db, close }: MongoStore): Promise<void> {
  await db.dropDatabase();
  await close();
}

/** Starts compliance on MongoDB. */
export async function complianceOn(bus: Bus, store: MongoStore): Promise<Compliance> {
  return startCompliance({
    ...{ bus, clock, log, uuid: randomUUID, random: randomBytes, ...paces },
    ...(await mongoStores(store, store)),
    masterKeys: givenMasterKeys([randomBytes(32)]),
  });
}
