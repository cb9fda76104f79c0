import {
  ListHolds,
  ListReceiptKeys,
  ListRetentionReceipts,
  PlaceHold,
  PolicyDocument,
  PreviewRetention,
  ReleaseHold,
  type Retention,
  RetentionReceipt,
} from '@vox/contracts';
import { digest, readReceipt } from '@vox/platform/crypto';
import { crashes, settled, somePolicy } from '@vox/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onTwins, vaultOf } from '../../compliance.fixture.ts';
import { memoryConsents, memoryHolds, memoryRetention, memorySecurityEvents, memoryTranscripts } from '../../memory.ts';
import { startCompliance } from '../../service.ts';
import { callKey } from '../../transcripts/keep/calls.ts';
import { transcriptKey } from '../../transcripts/keep/transcripts.ts';

import { subjectDocumentKey } from '../../vault/mod.ts';

const dayMs = 86_400_000;
const tenantId = 'acme';
const retention: Retention = { transcripts: 40, usage: 60, security: 50, consents: 70, audit: 30 };
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const by = { actor: 'operator:test', reason: 'a dispute', requestId: 'r1' };

async function open(fault?: () => void) {
  const options = fault === undefined ? {} : { fault };
  const twins = {
    ...onTwins(),
    ...memoryTranscripts(options),
    ...memoryRetention(options),
    holds: memoryHolds(options),
    securityEvents: memorySecurityEvents(options),
    consents: memoryConsents(options),
  };
  const setRetention = (next: Partial<Retention>) =>
    twins.bus.documents(PolicyDocument).put(tenantId, somePolicy({ retention: { ...retention, ...next } }));
  await setRetention({});
  const copies = [await startCompliance(twins), await startCompliance(twins)];
  const nowMs = twins.clock.now().getTime();

  /** A call with words and a consent, so many days ago. */
  async function add(n: number, daysAgo: number): Promise<void> {
    const [sessionId, subjectId, atMs] = [uuid(n), uuid(n + 500), nowMs - daysAgo * dayMs];
    const call = { tenantId, sessionId, subjectId, agentId: 'guide', startedAtMs: atMs, endedAtMs: atMs + 1_000 };
    await twins.calls.update(callKey(tenantId, sessionId), () => ({
      result: 0,
      state: { ...call, endReason: 'client', used: null },
    }));
    const closed = { messages: 2, bytes: 2, closesAtMs: atMs, complete: true, finalisedAtMs: atMs, clearedAtMs: atMs };
    await twins.transcripts.update(transcriptKey(tenantId, sessionId), () => ({
      result: 0,
      state: { ...call, ...closed },
    }));
    for (const messageId of ['a', 'b'])
      await twins.utterances.add({
        ...{ tenantId, sessionId, messageId, role: 'user' as const, atMs, sequence: 0, bytes: 1, sealed: 's' },
      });
    const record = {
      ...{ receiptId: uuid(n + 900), purpose: 'transcripts' as const, version: '1', textHash: 'h' },
      ...{ method: 'click' as const, given: true, atMs, sealed: 's', told: true },
    };
    await twins.consents.update(subjectDocumentKey(tenantId, subjectId), () => ({
      result: 0,
      state: { tenantId, subjectId, records: [record] },
    }));
    await twins.securityEvents.update(`${tenantId}/f${n}`, () => ({
      result: 0,
      state: { tenantId, factId: `f${n}`, type: 't', atMs, data: '{}' },
    }));
  }

  /** Which of them is still there, class by class. */
  const left = async () => ({
    transcripts: (await twins.transcripts.search({ tenantId, limit: 999 })).map(({ sessionId }) => sessionId).sort(),
    usage: (await twins.calls.all(999)).map(({ state }) => state.sessionId),
    security: (await twins.securityEvents.all(999)).map(({ key }) => key),
    consents: (await twins.consents.all(999)).map(({ state }) => state.subjectId),
  });
  const receipts = async (kind: keyof Retention) => {
    const { keys } = await twins.bus.ask(ListReceiptKeys, {});
    const { receipts: texts } = await twins.bus.ask(ListRetentionReceipts, { tenantId, class: kind, limit: 100 });
    const find = (kid: string) => keys.find((key) => key.kid === kid);
    return Promise.all(texts.map(async (text) => (await readReceipt(RetentionReceipt, text, find)).says));
  };
  const close = () => Promise.all(copies.map((copy) => copy.stop()));
  return { ...twins, copies, setRetention, add, left, receipts, close };
}

type Class = 'transcripts' | 'usage' | 'security' | 'consents';
const classes: readonly Class[] = ['transcripts', 'usage', 'security', 'consents'];
const idOf: Readonly<Record<Class, (n: number) => string>> = {
  transcripts: uuid,
  usage: uuid,
  security: (n) => `${tenantId}/f${n}`,
  consents: (n) => uuid(n + 500),
};

describe('retention', () => {
  it('removes what is older than promised alone, and proves how much, however copies meet and are killed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 120 }), { maxLength: 5 }),
        async (ages, at) => {
          const crash = crashes([]);
          let step = () => crash.step();
          const fixture = await open(() => step());
          for (const [n, age] of ages.entries()) await fixture.add(n, age);
          const breaking = crashes(at);
          step = breaking.step;
          for (let round = 0; round < 3; round += 1)
            await Promise.all(fixture.copies.map((copy) => copy.sweepRetention().catch(() => undefined)));
          breaking.over();
          // Whoever was killed held its lease; the next one waits for its end.
          fixture.clock.advanceMs(31_000);
          await fixture.copies[0]?.sweepRetention();
          await settled(fixture.bus);
          const left = await fixture.left();
          for (const kind of classes) {
            const young = [...ages.entries()].filter(([, age]) => age < retention[kind]).map(([n]) => idOf[kind](n));
            expect(left[kind], kind).toEqual(young.sort());
            const proofs = await fixture.receipts(kind);
            expect(
              proofs.reduce((sum, { removed }) => sum + removed, 0),
              kind,
            ).toBe(ages.length - young.length);
            expect(proofs.map(({ sequence }) => sequence)).toEqual(proofs.map((_, n) => n + 1));
          }
          for (const [n, age] of ages.entries())
            if (age >= retention.transcripts)
              expect(await fixture.utterances.count({ tenantId, sessionId: uuid(n) })).toEqual({
                messages: 0,
                bytes: 0,
              });
          const told = fixture.bus.published().filter(({ type }) => type === 'vox.privacy.retention-swept.v1');
          expect(new Set(told.map(({ id }) => id)).size).toBe(
            (await Promise.all(classes.map(fixture.receipts))).flat().length,
          );
          await fixture.close();
        },
      ),
      { numRuns: 40 },
    );
  }, 60_000);

  it('proves what went by a digest that only these ids in this order have', async () => {
    const fixture = await open();
    await fixture.add(1, 90);
    await fixture.add(2, 80);
    await fixture.copies[0]?.sweepRetention();
    expect(await fixture.receipts('usage')).toMatchObject([
      { removed: 2, digest: digest(digest('', uuid(1)), uuid(2)), sequence: 1 },
    ]);
    await fixture.close();
  });

  it('applies a shorter time to what exists, and shows in advance what would go', async () => {
    const fixture = await open();
    for (const [n, age] of [10, 35, 45].entries()) await fixture.add(n, age);
    const preview = await fixture.bus.ask(PreviewRetention, { tenantId, retention: { transcripts: 0, usage: 30 } });
    expect(preview).toMatchObject({ going: { transcripts: 3, usage: 2, security: 0 }, capped: false });
    expect((await fixture.left()).transcripts).toHaveLength(3);
    await fixture.setRetention({ usage: 30 });
    // A class that was not named is counted by the policy of the tenant, not by the standard.
    expect(await fixture.bus.ask(PreviewRetention, { tenantId, retention: { security: 400 } })).toMatchObject({
      going: { usage: 2 },
    });
    await fixture.setRetention({ transcripts: 0, usage: 30 });
    await fixture.copies[0]?.sweepRetention();
    const left = await fixture.left();
    expect([left.transcripts.length, left.usage.length, left.security.length]).toEqual([0, 1, 3]);
    await fixture.close();
  });

  it('keeps what a hold covers until it is released, and says so', async () => {
    const fixture = await open();
    const safe = vaultOf(fixture);
    const email = { kind: 'email', value: 'ann@example.com' } as const;
    const subject = await safe.subjectOf(tenantId, { kind: 'visitor', form: 'v_one' });
    await safe.identify(tenantId, subject.subjectId, [{ kind: 'email', form: email.value }]);
    await fixture.add(1, 90);
    await fixture.add(2, 90);
    await fixture.calls.update(callKey(tenantId, uuid(2)), (call) =>
      call === undefined ? { result: 0 } : { result: 0, state: { ...call, subjectId: subject.subjectId } },
    );
    const session = { kind: 'session', sessionId: uuid(1) } as const;
    const placed = [
      await fixture.bus.ask(PlaceHold, { tenantId, scope: session, ...by }),
      await fixture.bus.ask(PlaceHold, { tenantId, scope: { kind: 'person', identifiers: [email] }, ...by }),
    ];
    await fixture.copies[0]?.sweepRetention();
    expect((await fixture.left()).usage).toEqual([uuid(1), uuid(2)]);
    expect((await fixture.left()).transcripts).toEqual([uuid(1)]);
    expect(await fixture.bus.ask(PreviewRetention, { tenantId })).toMatchObject({
      going: { usage: 0 },
      held: { usage: 2 },
    });
    expect((await fixture.bus.ask(ListHolds, { tenantId })).holds).toHaveLength(2);
    for (const { holdId } of placed) await fixture.bus.ask(ReleaseHold, { tenantId, holdId, ...by });
    await fixture.copies[0]?.sweepRetention();
    expect((await fixture.left()).usage).toEqual([]);
    await settled(fixture.bus);
    const told = fixture.bus.published().map(({ type }) => type);
    expect(told.filter((type) => type === 'vox.privacy.hold-placed.v1')).toHaveLength(2);
    expect(told.filter((type) => type === 'vox.privacy.hold-released.v1')).toHaveLength(2);
    expect(JSON.stringify([fixture.bus.published(), await fixture.holds.all(9)])).not.toContain('ann@');
    await fixture.close();
  });

  it('removes nothing of a tenant whose hold covers all, not even of its audit log', async () => {
    const fixture = await open();
    await fixture.add(1, 90);
    await fixture.bus.ask(PlaceHold, { tenantId, scope: { kind: 'tenant' }, ...by });
    fixture.clock.advanceMs(200 * dayMs);
    await fixture.copies[0]?.sweepRetention();
    expect((await fixture.left()).usage).toHaveLength(1);
    expect(await fixture.auditLog.anchor(tenantId)).toBeUndefined();
    await expect(fixture.bus.ask(ReleaseHold, { tenantId, holdId: uuid(7), ...by })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await fixture.close();
  });
});
