import { demoDraft, demoTenant } from '@vox/local/demo-tenant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fuzz, operations, plan } from '../fuzz/fuzz.ts';
import { knownOf } from '../fuzz/known.ts';
import { type Journey, openJourney, origin } from './journey.ts';

const other = { ...demoDraft, tenantId: 'rival', displayName: 'Rival of canary-71c' };
let journey: Journey;
const keys: { mine: string; theirs: string } = { mine: '', theirs: '' };

beforeAll(async () => {
  journey = await openJourney({
    limits: {
      openSessions: 100_000,
      openSessionsPerPerson: 100_000,
      sessionStartsPerMinute: 100_000,
      requestsPerMinute: 1_000_000,
      microsPerDay: 10 ** 12,
      tokensPerDay: 10 ** 12,
    },
    ipPerMinute: 1_000_000,
  });
  keys.mine = journey.widgetKey;
  keys.theirs = await demoTenant(journey.bus, 'https://rival.example', other);
});
afterAll(() => journey.close());

describe('any request of a route in the OpenAPI document', () => {
  const target = {
    url: () => journey.url,
    known: () => knownOf({ url: journey.url, origin, ...keys }),
    secrets: () => [other.displayName, keys.theirs, demoDraft.agents[0]?.instructions ?? ''],
    headers: () => ({}),
  };
  it.each(operations.map((operation) => [operation.method, operation.path, operation] as const))(
    'of %s %s is answered by the document: no 5xx, nothing of the inside, nothing of another tenant',
    async (_method, _path, operation) => {
      expect(await fuzz(target, operation, plan(process.env, 200))).toBeGreaterThan(0);
    },
    60_000,
  );
});
