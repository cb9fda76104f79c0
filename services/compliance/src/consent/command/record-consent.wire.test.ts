import { RecordConsent, VerifyAudit } from '@vox/contracts';
import { mongoServer, settled, testStores } from '@vox/testing';
import { Collection } from 'mongodb';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { onTwins } from '../../compliance.fixture.ts';
import { mongoStores } from '../../mongo.ts';
import { type Compliance, startCompliance } from '../../service.ts';

const server = await mongoServer(process.env);
// It counts writes, however long they take.
const stores = testStores(server?.url ?? '', 60_000);
afterAll(async () => {
  await stores.close();
  await server?.stop();
});

const tenantId = 'acme';
const visitors = 300;
const choice = {
  purpose: 'transcripts',
  version: '1',
  textHash: 'a'.repeat(64),
  locale: 'en',
  method: 'click',
} as const;
const writing = ['insertOne', 'insertMany', 'replaceOne', 'updateOne', 'bulkWrite', 'deleteOne', 'deleteMany'] as const;

describe.skipIf(server === undefined)(
  'the first answers of a tenant’s visitors, which come all at once to two copies',
  () => {
    const running: Compliance[] = [];
    afterEach(async () => {
      vi.restoreAllMocks();
      for (const each of running) await each.stop();
    });

    it('are all taken, leave one entry each in a sound audit log, and cost fewer than two writes each', async () => {
      const twins = onTwins();
      const copies = await Promise.all(
        (await stores.open(2)).map(async (store) => {
          const { bus } = onTwins();
          running.push(await startCompliance({ ...twins, ...(await mongoStores(store, store)), bus }));
          return bus;
        }),
      );
      const writes = writing.map((method) => vi.spyOn(Collection.prototype, method));
      const answers = await Promise.allSettled(
        Array.from({ length: visitors }, (_, n) => {
          const visitorId = `v_${String(n).padStart(22, '0')}`;
          const visit = { tenantId, widgetKey: 'w_acme_site_0123456789abcdef', visitorId };
          return copies[n % 2]?.ask(
            RecordConsent,
            { ...visit, choice: { ...choice, given: true } },
            { timeoutMs: 60_000 },
          );
        }),
      );
      expect(answers.filter(({ status }) => status === 'rejected')).toEqual([]);
      for (const bus of copies) await settled(bus);
      const made = writes.reduce((sum, { mock }) => sum + mock.calls.length, 0);
      expect(made / visitors).toBeLessThan(2);
      const published = copies.flatMap((bus) =>
        bus.published().filter(({ type }) => type.includes('consent-recorded')),
      );
      expect(published).toHaveLength(visitors);
      expect(await copies[0]?.ask(VerifyAudit, { tenantId })).toMatchObject({ broken: null, entries: visitors });
    }, 60_000);
  },
);
