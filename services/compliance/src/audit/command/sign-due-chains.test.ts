import { AuditCheckpointed, type SignedPlace } from '@vox/contracts';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { onTwins, vaultOf } from '../../compliance.fixture.ts';
import { memoryCheckpointPlaces } from '../../memory.ts';
import { openReceipts } from '../../vault/command/open-receipts.ts';
import { keyRing } from '../../vault/keep/key-ring.ts';
import { checkpointedLog } from '../keep/checkpointed-log.ts';
import { recordAct } from './record-act.ts';
import { signDueChains } from './sign-due-chains.ts';
import { verifyAudit } from './verify-audit.ts';

const pace = { everyEntries: 5, everyMs: 60_000 };
const tenantId = 'acme';

async function openFixture(fault?: (point: string) => void) {
  const twins = { ...onTwins(), checkpointPlaces: memoryCheckpointPlaces({ fault: (point) => fault?.(point) }) };
  const ring = keyRing(twins);
  const receipts = await openReceipts({ ...twins, ring });
  const shared = { ...twins, receipts, vault: vaultOf(twins), pace };
  /** One copy of the service: what it believes is its own, what is kept is everybody's. */
  const copy = () => ({ ...shared, auditLog: checkpointedLog(shared.auditLog, shared) });
  const append = async (of: ReturnType<typeof copy>, count = 1) => {
    for (let n = 0; n < count; n += 1)
      await recordAct(of, { tenantId, actor: 'operator:ada', action: 'key.revoke', target: 'key:1', outcome: 'done' });
  };
  const checkpoints = async (): Promise<SignedPlace[]> => {
    const found: SignedPlace[] = [];
    for await (const each of shared.auditLog.checkpoints(tenantId)) found.push(each);
    return found;
  };
  const places = async () => (await checkpoints()).map(({ sequence }) => sequence);
  const published = () => shared.bus.published().map(({ data }) => (data as SignedPlace).sequence);
  return { ...shared, copy, append, checkpoints, places, published };
}

describe('the checkpoints of an audit chain', () => {
  let fixture: Awaited<ReturnType<typeof openFixture>>;
  beforeEach(async () => {
    fixture = await openFixture();
  });

  it('come after so many entries, before their time', async () => {
    const one = fixture.copy();
    await fixture.append(one, 4);
    await signDueChains(one);
    expect(await fixture.places()).toEqual([]);
    await fixture.append(one, 1);
    await signDueChains(one);
    await fixture.append(one, 5);
    await signDueChains(one);
    expect(await fixture.places()).toEqual([5, 10]);
  });
  it('come after so long, however few the entries, and none while nothing is appended', async () => {
    const one = fixture.copy();
    await fixture.append(one);
    for (let minutes = 0; minutes < 5; minutes += 1) {
      fixture.clock.advanceMs(pace.everyMs);
      await signDueChains(one);
    }
    expect(await fixture.places()).toEqual([1]);
    expect(await fixture.checkpointPlaces.due(fixture.clock.now().getTime() + 1e9, 10)).toEqual([]);
    await fixture.append(one);
    fixture.clock.advanceMs(pace.everyMs);
    await signDueChains(one);
    expect(await fixture.places()).toEqual([1, 2]);
  });
  it('are published as facts that carry the signature, and leave no entry of their own', async () => {
    const one = fixture.copy();
    await fixture.append(one, 5);
    await signDueChains(one);
    const [kept] = await fixture.checkpoints();
    expect(fixture.bus.published()).toMatchObject([{ type: 'vox.privacy.audit-checkpointed.v1', data: kept }]);
    expect((await fixture.auditLog.head(tenantId)).sequence).toBe(5);
  });
  it('stand once for each place when copies sign at once', async () => {
    const copies = [fixture.copy(), fixture.copy(), fixture.copy()];
    for (const copy of copies) await fixture.append(copy, 2);
    fixture.clock.advanceMs(pace.everyMs);
    await Promise.all(copies.map(signDueChains));
    expect(await fixture.places()).toEqual([6]);
    expect(fixture.published()).toEqual([6]);
  });
  it('come although whoever appended was killed right after', async () => {
    await fixture.append(fixture.copy(), 2);
    fixture.clock.advanceMs(pace.everyMs);
    await signDueChains(fixture.copy());
    expect(await fixture.places()).toEqual([2]);
  });
  it.each(['write', 'written'])('come once although a copy is killed at any step (%s)', async (step) => {
    for (let killedAt = 1; killedAt <= 4; killedAt += 1) {
      let steps = Number.POSITIVE_INFINITY;
      const crashing = await openFixture((point) => {
        if (point !== step) return;
        steps -= 1;
        if (steps === 0) throw new Error('killed');
      });
      await crashing.append(crashing.copy(), 5);
      steps = killedAt;
      const dying = crashing.copy();
      const publish: typeof dying.bus.publish = (...fact) =>
        killedAt % 2 === 0 ? Promise.reject(new Error('killed')) : dying.bus.publish(...fact);
      await signDueChains({ ...dying, bus: { ...dying.bus, publish } }).catch(() => undefined);
      steps = Number.POSITIVE_INFINITY;
      crashing.clock.advanceMs(pace.everyMs);
      await signDueChains(crashing.copy());
      expect(await crashing.places()).toEqual([5]);
      expect(crashing.published()).toEqual([5]);
    }
  });
  it('cover every entry in the end, whatever copies append, sign and die in between', async () => {
    const step = fc.oneof(
      fc.record({
        what: fc.constant('append' as const),
        by: fc.nat({ max: 1 }),
        count: fc.integer({ min: 1, max: 7 }),
      }),
      fc.record({ what: fc.constant('sign' as const), by: fc.nat({ max: 1 }), count: fc.constant(0) }),
      fc.record({ what: fc.constant('die' as const), by: fc.nat({ max: 1 }), count: fc.constant(0) }),
      fc.record({ what: fc.constant('wait' as const), by: fc.constant(0), count: fc.integer({ min: 1, max: 90_000 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const own = await openFixture();
        const copies = [own.copy(), own.copy()];
        for (const { what, by, count } of steps) {
          const one = copies[by] as (typeof copies)[number];
          if (what === 'append') await own.append(one, count);
          if (what === 'sign') await signDueChains(one);
          if (what === 'die') copies[by] = own.copy();
          if (what === 'wait') own.clock.advanceMs(count);
        }
        own.clock.advanceMs(pace.everyMs);
        await signDueChains(own.copy());
        const { sequence } = await own.auditLog.head(tenantId);
        expect((await own.places()).at(-1) ?? 0).toBe(sequence);
        expect(await verifyAudit(own)({ tenantId })).toMatchObject({ entries: sequence, broken: null });
      }),
      { numRuns: 60 },
    );
  });
  it('show what was cut off with its checkpoints, for the stream still holds the newest', async () => {
    const one = fixture.copy();
    await fixture.append(one, 5);
    await signDueChains(one);
    const cut = {
      ...fixture,
      auditLog: {
        ...fixture.auditLog,
        entries: (id: string, range: object = {}) => fixture.auditLog.entries(id, { ...range, upto: 3 }),
        checkpoints: (id: string, range: object = {}) => fixture.auditLog.checkpoints(id, { ...range, upto: 3 }),
      },
    };
    expect(await verifyAudit(cut)({ tenantId })).toMatchObject({
      ...{ first: 1, entries: 3, next: null },
      broken: { sequence: 4, cause: 'truncated' },
    });
    expect(fixture.bus.published().map(({ type }) => type)).toEqual([`${AuditCheckpointed.name}.v1`]);
  });
});
