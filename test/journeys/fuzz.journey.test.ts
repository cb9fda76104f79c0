import { memoryBus } from '@vox/shared/bus';
import { silentLog } from '@vox/shared/telemetry';
import { someLimits } from '@vox/shared/testing';
import { systemClock } from '@vox/shared/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoDraft, demoTenant } from '../../local/src/all-in-one/demo-tenant.ts';
import { type House, openHouse } from '../../local/src/all-in-one/house.ts';
import { memoryStores } from '../../local/src/all-in-one/stores.ts';
import { fuzz, operations, plan } from '../fuzz/fuzz.ts';
import { knownOf } from '../fuzz/known.ts';

const origin = 'https://shop.example';
const other = { ...demoDraft, tenantId: 'rival', displayName: 'Rival of canary-71c' };
const bus = memoryBus({ clock: systemClock });
let house: House;
const keys: { mine: string; theirs: string } = { mine: '', theirs: '' };

beforeAll(async () => {
  const limits = someLimits({
    openSessions: 100_000,
    openSessionsPerPerson: 100_000,
    sessionStartsPerMinute: 100_000,
    requestsPerMinute: 1_000_000,
    microsPerDay: 10 ** 12,
    tokensPerDay: 10 ** 12,
  });
  house = await openHouse({
    bus,
    stores: memoryStores(),
    port: 0,
    clock: systemClock,
    log: silentLog,
    defaults: { widget: limits, console: limits, ceiling: limits },
    ipLimit: { perMinute: 1_000_000, burst: 0 },
  });
  keys.mine = await demoTenant(bus, origin);
  keys.theirs = await demoTenant(bus, 'https://rival.example', other);
});
afterAll(async () => {
  await house.stop();
  await bus.close();
});

describe('any request of a route in the OpenAPI document', () => {
  const target = {
    url: () => house.url,
    known: () => knownOf({ url: house.url, origin, ...keys }),
    secrets: () => [other.displayName, keys.theirs, demoDraft.agents[0]?.instructions ?? ''],
    headers: () => ({}),
  };
  it.each(operations.map((operation) => [operation.method, operation.path, operation] as const))(
    'of %s %s is answered by the document: no 5xx, nothing of the inside, nothing of another tenant',
    async (_method, _path, operation) => {
      const counts = await fuzz(target, operation, plan(process.env, 200));
      expect((counts[200] ?? 0) + (counts[202] ?? 0)).toBeGreaterThan(0);
    },
    60_000,
  );
});
