import { mongoServer, testStores } from '@vox/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { onTwins, vaultOf } from '../../compliance.fixture.ts';
import { mongoAuditLog, mongoCheckpointPlaces } from '../../mongo.ts';
import { openReceipts } from '../../vault/command/open-receipts.ts';
import { keyRing } from '../../vault/keep/key-ring.ts';
import { checkpointedLog } from '../keep/checkpointed-log.ts';
import { recordAct } from './record-act.ts';
import { signDueChains } from './sign-due-chains.ts';
import { trimAudit } from './trim-audit.ts';
import { verifyAudit } from './verify-audit.ts';

const server = await mongoServer(process.env);
const stores = testStores(server?.url ?? '');
afterAll(async () => {
  await stores.close();
  await server?.stop();
});

const pace = { everyEntries: 20, everyMs: 60_000 };
const tenantId = 'acme';

describe.skipIf(server === undefined)('the audit log of several copies on MongoDB', () => {
  it('is sound and signed once for each place while copies append, sign and remove its front at once', async () => {
    const twins = onTwins();
    const ring = keyRing(twins);
    const shared = { ...twins, vault: vaultOf(twins), receipts: await openReceipts({ ...twins, ring }), pace };
    const copies = await Promise.all(
      (await stores.open(2)).map(async (store) => {
        const checkpointPlaces = await mongoCheckpointPlaces(store);
        const auditLog = checkpointedLog(await mongoAuditLog(store), { ...shared, checkpointPlaces });
        return { ...shared, checkpointPlaces, auditLog };
      }),
    );
    const [one, two] = copies as [(typeof copies)[number], (typeof copies)[number]];
    const act = { tenantId, actor: 'operator:ada', action: 'key.revoke', target: 'key:1', outcome: 'done' } as const;
    const append = async (count: number) =>
      Promise.all(Array.from({ length: count }, (_, n) => recordAct(n % 2 === 0 ? one : two, act)));

    await append(60);
    shared.clock.advanceMs(60_000);
    const young = shared.clock.now();
    await Promise.all([
      append(60),
      ...copies.map(signDueChains),
      ...copies.map((copy) => trimAudit(copy, tenantId, young, 40)),
    ]);
    await Promise.all(copies.map(signDueChains));

    const found = await verifyAudit(two)({ tenantId });
    expect(found).toMatchObject({ broken: null });
    expect(found.first).toBeGreaterThan(1);
    expect(found.first + found.entries - 1).toBe(120);
    expect(found.checkpoints).toBeGreaterThan(0);
    const places: number[] = [];
    for await (const { sequence } of one.auditLog.checkpoints(tenantId)) places.push(sequence);
    expect(new Set(places).size).toBe(places.length);
    expect(places.at(-1)).toBe(120);
  });
});
