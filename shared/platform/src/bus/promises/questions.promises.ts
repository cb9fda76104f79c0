import { randomUUID } from 'node:crypto';
import { AskSessionUsage, KeyRevoked } from '@vox/contracts';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { Fault } from '../../fault/mod.ts';
import { hearing, type OpenedBus, revoked } from './bus.fixture.ts';

/** What every bus promises of questions and answers. */
export function questionPromises(opened: OpenedBus): void {
  it('hands the handler the address of whoever waits, and brings the answer back', async () => {
    const { bus } = opened();
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
  it('gives up waiting with UNAVAILABLE, and a late answer does no harm', async () => {
    const { bus } = opened();
    const schema = z.object({});
    const waiting = bus.expect(schema, { timeoutMs: 20 });
    await expect(waiting.answer).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await bus.reply(waiting.replyTo, schema, {});
  });
  it('gives whoever is to answer what is held for it, as often as it asks, and goes on waiting', async () => {
    const { bus } = opened();
    const [schema, Held] = [z.object({ answer: z.number() }), z.object({ offer: z.string() })];
    const waiting = bus.expect(schema, { timeoutMs: 5_000, holds: { offer: 'v=0' } });
    for (const _time of [1, 2]) expect(await bus.fetchHeld(waiting.replyTo, Held)).toEqual({ offer: 'v=0' });
    await bus.reply(waiting.replyTo, schema, { answer: 42 });
    expect(await waiting.answer).toEqual({ answer: 42 });
  });
  it('gives nothing where nobody waits, where nothing is held, and where something else is held', async () => {
    const { bus } = opened();
    const [schema, Held, soon] = [z.object({}), z.object({ offer: z.string() }), { timeoutMs: 300 }];
    const over = bus.expect(schema, { timeoutMs: 5_000, holds: { offer: 'v=0' } });
    over.cancel();
    const others = [bus.expect(schema, { timeoutMs: 1_000 }), bus.expect(schema, { timeoutMs: 1_000, holds: {} })];
    for (const { replyTo } of [over, ...others])
      await expect(bus.fetchHeld(replyTo, Held, soon)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(bus.fetchHeld('vox.ask.auth.member-list', Held, soon)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    for (const each of others) each.cancel();
  });
  it('answers a question, and hands a fault of the answering side to the asking side', async () => {
    const { bus } = opened();
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
    const { bus } = opened();
    await expect(
      bus.ask(AskSessionUsage, { tenantId: 'acme', sessionId: randomUUID() }, { timeoutMs: 500 }),
    ).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
}
