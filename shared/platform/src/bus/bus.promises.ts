import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  AskSessionUsage,
  type Consumer,
  consumers,
  type DeadLetter,
  type Fact,
  KeyRevoked,
  makeFact,
  PolicyDocument,
  QuotaThreshold,
  RevocationDocument,
  SessionExpiring,
} from '@vox/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { Fault } from '../fault/mod.ts';
import type { Bus } from './bus.ts';
import { reject } from './bus.ts';

export type BusUnderTest = Readonly<{
  bus: Bus;
  inject: (subjectName: string, bytes: Uint8Array) => Promise<void> | void;
  deadLetters: () => Promise<readonly DeadLetter[]> | readonly DeadLetter[];
}>;

type Revoked = typeof KeyRevoked;

const at = new Date('2026-01-01T00:00:00.000Z');
const revoked = (id: string = randomUUID()): Fact<Revoked> =>
  makeFact(
    KeyRevoked,
    { id, source: 'test', at },
    { tenantId: 'acme', widgetKey: 'w_acme_site_0123456789abcdef', actor: 'tester' },
  );
const passed = (tenantId: string, id: string = randomUUID()): Fact<typeof QuotaThreshold> =>
  makeFact(
    QuotaThreshold,
    { id, source: 'test', at },
    { tenantId, identityKind: 'widget', day: '2026-01-01', period: 'day', measure: 'tokens', percent: 50, limit: 1 },
  );
const hearing = (over: Partial<Consumer<Revoked>> = {}): Consumer<Revoked> => ({
  ...consumers.brokerRevocations,
  name: `test-${randomUUID()}`,
  maxDeliveries: 3,
  ...over,
});
const malformed = new TextEncoder().encode(
  JSON.stringify({ ...revoked(), data: { tenantId: 'acme', widgetKey: 'canary' } }),
);

/** What every Bus promises. It runs on the twin and on the real one, so that neither drifts. */
export function busPromises(name: string, open: () => Promise<BusUnderTest>): void {
  describe(`${name} keeps the promises of the bus`, () => {
    let under: BusUnderTest;
    let bus: Bus;
    beforeEach(async () => {
      under = await open();
      bus = under.bus;
    });
    afterEach(() => bus.close());
    const lettersOf = async (consumer: Consumer) =>
      (await under.deadLetters()).filter((letter) => letter.consumer === consumer.name);

    it('stores a fact once however often its id is published', async () => {
      const fact = revoked();
      expect(await bus.publish(KeyRevoked, fact)).toEqual({ duplicate: false });
      expect(await bus.publish(KeyRevoked, fact)).toEqual({ duplicate: true });
    });
    it('hands a late consumer the facts that it missed', async () => {
      const fact = revoked();
      await bus.publish(KeyRevoked, fact);
      const seen: string[] = [];
      await bus.consume(hearing(), async ({ id }) => {
        seen.push(id);
        return 'ack';
      });
      await vi.waitFor(() => expect(seen).toContain(fact.id));
    });
    it('shares the facts of one consumer among its copies, each fact to one of them', async () => {
      const consumer = hearing();
      const seen: string[] = [];
      const copy = async ({ id }: Fact) => {
        seen.push(id);
        return 'ack' as const;
      };
      await bus.consume(consumer, copy);
      await bus.consume(consumer, copy);
      const facts = Array.from({ length: 20 }, () => revoked());
      for (const fact of facts) await bus.publish(KeyRevoked, fact);
      await vi.waitFor(() => expect(seen.length).toBeGreaterThanOrEqual(facts.length));
      expect(new Set(seen).size).toBe(seen.length);
    });
    it('leaves a message with the copy whose handler works, though it takes longer than the ack wait, and takes it from one that hangs', async () => {
      const consumer = hearing({ ackWaitMs: 200 });
      const heard: number[] = [];
      const slow = async (_fact: unknown, { deliveries }: { deliveries: number }) => {
        heard.push(deliveries);
        await pause(deliveries === 1 && heard.length > 1 ? 2_000 : 500);
        return 'ack' as const;
      };
      const copies = [await bus.consume(consumer, slow), await bus.consume(consumer, slow)];
      await bus.publish(KeyRevoked, revoked());
      await pause(900);
      expect(heard).toEqual([1]);
      await bus.publish(KeyRevoked, revoked());
      await vi.waitFor(() => expect(heard).toEqual([1, 1, 2]), { timeout: 3_000 });
      for (const copy of copies) await Promise.race([copy.stop(), pause(1_000)]);
    });
    it('delivers again after retry or a throw, and writes a dead letter when the deliveries are used up', async () => {
      const consumer = hearing();
      const fact = revoked();
      const seen: number[] = [];
      await bus.consume(consumer, async ({ id }, { deliveries }) => {
        if (id !== fact.id) return 'ack';
        seen.push(deliveries);
        if (deliveries === 1) throw new Error('broke');
        return 'retry';
      });
      await bus.publish(KeyRevoked, fact);
      await vi.waitFor(async () => expect(await lettersOf(consumer)).toMatchObject([{ deliveries: 3 }]), {
        timeout: 5_000,
      });
      expect(seen).toEqual([1, 2, 3]);
    });
    it('waits for a dependency that is down however often it must, and writes no dead letter', async () => {
      const consumer = hearing();
      const fact = revoked();
      let deliveries = 0;
      await bus.consume(consumer, async ({ id }, delivery) => {
        if (id !== fact.id) return 'ack';
        deliveries = delivery.deliveries;
        if (deliveries <= 2 * consumer.maxDeliveries) throw new Fault('UNAVAILABLE');
        return 'ack';
      });
      await bus.publish(KeyRevoked, fact);
      await vi.waitFor(() => expect(deliveries).toBe(2 * consumer.maxDeliveries + 1), { timeout: 10_000 });
      expect(await lettersOf(consumer)).toEqual([]);
    });
    it('hears no further back than it may when it is made anew, and misses nothing from then on', async () => {
      const old = revoked();
      await bus.publish(KeyRevoked, old);
      await pause(400);
      const seen: string[] = [];
      await bus.consume(hearing({ replayMaxMs: 200 }), async ({ id }) => {
        seen.push(id);
        return 'ack';
      });
      const fact = revoked();
      await bus.publish(KeyRevoked, fact);
      await vi.waitFor(() => expect(seen).toContain(fact.id));
      expect(seen).not.toContain(old.id);
    });
    it('tells the time by a clock that all share', async () => {
      expect(Math.abs((await bus.time()).getTime() - Date.now())).toBeLessThan(1_000);
    });
    it('gives up even the longest message with a letter, and hands on what comes after it', async () => {
      const consumer = hearing();
      const longest = new TextEncoder().encode('x'.repeat(1024 * 1024));
      const seen: string[] = [];
      await bus.consume(consumer, async ({ id }) => {
        seen.push(id);
        return 'ack';
      });
      await under.inject(`${KeyRevoked.name}.acme`, longest);
      const fact = revoked();
      await bus.publish(KeyRevoked, fact);
      await vi.waitFor(async () => expect(await lettersOf(consumer)).toMatchObject([{ sizeBytes: longest.length }]), {
        timeout: 5_000,
      });
      await vi.waitFor(() => expect(seen).toEqual([fact.id]));
    });
    it('writes a dead letter with its cause for what a handler rejects', async () => {
      const consumer = hearing();
      const fact = revoked();
      await bus.consume(consumer, async ({ id }) => (id === fact.id ? reject('data: no such thing') : 'ack'));
      await bus.publish(KeyRevoked, fact);
      await vi.waitFor(
        async () => expect(await lettersOf(consumer)).toMatchObject([{ cause: 'data: no such thing' }]),
        { timeout: 5_000 },
      );
    });
    it('never hands bytes that are no fact to a handler, and the cause names fields without their values', async () => {
      const consumer = hearing();
      const seen: string[] = [];
      await bus.consume(consumer, async ({ id }) => {
        seen.push(id);
        return 'ack';
      });
      const subjectName = `${KeyRevoked.name}.acme`;
      for (const bytes of [malformed, new Uint8Array([0xff, 0xfe]), new TextEncoder().encode('{}')])
        await under.inject(subjectName, bytes);
      const good = revoked();
      await bus.publish(KeyRevoked, good);
      await vi.waitFor(async () => expect((await lettersOf(consumer)).length).toBe(3), { timeout: 5_000 });
      await vi.waitFor(() => expect(seen).toEqual([good.id]));
      const causes = (await lettersOf(consumer)).map((letter) => letter.cause).join('; ');
      expect(causes).toMatch(/data: widgetKey/);
      expect(causes).not.toMatch(/canary/);
    });
    it('carries the address of whoever waits through to the handler, and the answer back', async () => {
      const schema = z.object({ answer: z.number() });
      const waiting = bus.expect(schema, { timeoutMs: 5_000 });
      const fact = revoked();
      await bus.consume(hearing(), async ({ id }, { replyTo }) => {
        if (id === fact.id && replyTo !== undefined) await bus.reply(replyTo, schema, { answer: 42 });
        return 'ack';
      });
      await bus.publish(KeyRevoked, fact, { replyTo: waiting.replyTo });
      expect(await waiting.answer).toEqual({ answer: 42 });
    });
    it('gives up waiting with UNAVAILABLE, and a late answer hurts nobody', async () => {
      const schema = z.object({});
      const waiting = bus.expect(schema, { timeoutMs: 20 });
      await expect(waiting.answer).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      await bus.reply(waiting.replyTo, schema, {});
    });
    it('answers a question, and hands the fault of whoever answers to whoever asks', async () => {
      const sessionId = randomUUID();
      await bus.answer(AskSessionUsage, async (asked) => {
        if (asked.tenantId !== 'acme') throw new Fault('NOT_FOUND', { reason: 'none' });
        return { kind: 'unknown' as const, sessionId: asked.sessionId };
      });
      expect(await bus.ask(AskSessionUsage, { tenantId: 'acme', sessionId })).toEqual({ kind: 'unknown', sessionId });
      await expect(bus.ask(AskSessionUsage, { tenantId: 'other', sessionId })).rejects.toMatchObject({
        code: 'NOT_FOUND',
        answer: { reason: 'none' },
      });
      await expect(bus.ask(AskSessionUsage, { tenantId: 'NO', sessionId })).rejects.toMatchObject({
        code: 'INVALID_REQUEST',
        answer: { issues: [{ path: 'tenantId' }] },
      });
    });
    it('says UNAVAILABLE when nobody answers a question', async () => {
      await expect(
        bus.ask(AskSessionUsage, { tenantId: 'acme', sessionId: randomUUID() }, { timeoutMs: 500 }),
      ).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    });
    it('forgets the facts of one tenant or session, dead letters too, and hands back what it still holds', async () => {
      const ended = (tenantId: string, sessionId: string) =>
        makeFact(
          SessionExpiring,
          { id: `${tenantId}:${sessionId}`, source: 'test', at },
          { tenantId, sessionId, endsAt: at.toISOString() },
        );
      const [one, two] = [randomUUID(), randomUUID()];
      const kinds = [SessionExpiring, QuotaThreshold];
      for (const [tenantId, sessionId] of [
        ['acme', one],
        ['acme', two],
        ['other', one],
      ] as const)
        await bus.publish(SessionExpiring, ended(tenantId, sessionId));
      const consumer = { ...consumers.auditCalls, name: `test-${randomUUID()}` };
      await bus.consume(consumer, async ({ subject }) => (subject === `acme/${one}` ? reject('no') : 'ack'));
      await vi.waitFor(async () => expect(await lettersOf(consumer)).toHaveLength(1), { timeout: 5_000 });
      const held = async (tenantId?: string) => {
        const subjects: string[] = [];
        for await (const { subject } of bus.history(kinds, { tenantId })) subjects.push(subject);
        return subjects.sort();
      };
      expect(await held('acme')).toEqual([`acme/${one}`, `acme/${two}`].sort());
      expect(await bus.forget(kinds, { tenantId: 'acme', sessionId: one })).toBe(2);
      expect(await bus.forget(kinds, { tenantId: 'acme', sessionId: one })).toBe(0);
      expect(await held()).toEqual([`acme/${two}`, `other/${one}`].sort());
      await bus.publish(QuotaThreshold, passed('acme'));
      expect(await bus.forget(kinds, { tenantId: 'acme' })).toBe(2);
      expect(await held()).toEqual([`other/${one}`]);
    });
    it('hands back the fact of a kind that it took last of a tenant, while it holds it', async () => {
      expect(await bus.newest(QuotaThreshold, 'newest')).toBeUndefined();
      for (const [tenantId, id] of [
        ['newest', 'first'],
        ['newest', 'last'],
        ['newest-not', 'other'],
      ] as const)
        await bus.publish(QuotaThreshold, passed(tenantId, `${id}-${randomUUID()}`));
      expect(await bus.newest(QuotaThreshold, 'newest')).toMatchObject({ id: expect.stringMatching(/^last-/) });
      await bus.forget([QuotaThreshold], { tenantId: 'newest' });
      expect(await bus.newest(QuotaThreshold, 'newest')).toBeUndefined();
    });
    it('renews a document in the order of what it is made from, however those who renew it meet', async () => {
      const documents = bus.documents(RevocationDocument);
      const versions = ['2026-05-05T12:00:01.000Z', '2026-05-05T12:00:02.000Z', '2026-05-05T12:00:03.000Z'];
      let stored = versions[0] ?? '';
      const newest = async () => ({ at: stored, until: null });
      await documents.renew('login.r', newest);
      let overtake = async (): Promise<void> => undefined;
      const slow = documents.renew('login.r', async () => {
        const read = await newest();
        const once = overtake;
        overtake = async () => undefined;
        await once();
        return read;
      });
      overtake = async () => {
        stored = versions[1] ?? '';
        await documents.renew('login.r', newest);
      };
      await slow;
      expect(await documents.read('login.r')).toEqual({ at: versions[1], until: null });
      await documents.renew('login.r', async () => undefined);
      expect(await documents.read('login.r')).toBeUndefined();
      await documents.renew('login.r', async () => undefined);
      stored = versions[2] ?? '';
      await documents.renew('login.r', newest);
      expect(await documents.read('login.r')).toEqual({ at: versions[2], until: null });
    });
    it('removes a document only as it was when its end was decided', async () => {
      const documents = bus.documents(RevocationDocument);
      const [before, after] = ['2026-05-05T12:00:01.000Z', '2026-05-05T12:00:02.000Z'].map((at) => ({
        at,
        until: null,
      }));
      await documents.put('login.x', before as never);
      let isFirst = true;
      await documents.renew('login.x', async () => {
        const known = await documents.read('login.x');
        if (isFirst) await documents.put('login.x', after as never);
        isFirst = false;
        return known?.at === before?.at ? undefined : known;
      });
      expect(await documents.read('login.x')).toEqual(after);
      await documents.remove('login.x');
    });
    it('shows a follower the documents of before and each change after', async () => {
      const documents = bus.documents(RevocationDocument);
      const value = { at: at.toISOString(), until: null };
      await documents.put('login.a', value);
      const changes: string[] = [];
      const replica = await documents.follow((key, now) =>
        changes.push(`${key} ${now === undefined ? 'gone' : 'there'}`),
      );
      expect(replica.get('login.a')).toEqual(value);
      await documents.put('login.b', value);
      await documents.remove('login.a');
      await vi.waitFor(() => expect(changes).toEqual(['login.a there', 'login.b there', 'login.a gone']));
      expect([...replica.keys()]).toEqual(['login.b']);
      expect(await documents.read('login.b')).toEqual(value);
      await expect(bus.documents(PolicyDocument).put('acme', {} as never)).rejects.toThrow();
    });
  });
}
