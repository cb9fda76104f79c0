import { crashes, turns } from '@vox/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerKeptMs } from '../decide/uses.ts';
import { answerOf, findOrder, openTools } from '../tools.fixture.ts';

const small = { numRuns: 40 };

describe('a use of a tool', () => {
  it('that comes again hears the same answer, and is not run again', async () => {
    const { use, asked, facts, close } = await openTools({ host: (_request, nth) => answerOf({ nth }) });
    expect(await use()).toEqual(await use());
    expect([asked.length, facts().length]).toEqual([1, 1]);
    await close();
  });
  it('is refused under the id of another one', async () => {
    const { use, asked, close } = await openTools();
    await use();
    expect(await use({ args: { number: 'AB2' } })).toMatchObject({ code: 'MISMATCH', reason: 'other-arguments' });
    expect(asked.length).toBe(1);
    await close();
  });
  it('is a use of its own each time when nobody names its id', async () => {
    const { use, asked, close } = await openTools();
    await Promise.all([use({ callId: undefined }), use({ callId: undefined })]);
    expect(asked.length).toBe(2);
    await close();
  });
  it('is not sent once its call is over, and stands for nothing then', async () => {
    const { use, asked, facts, close } = await openTools();
    expect(await use({ signal: AbortSignal.abort() })).toEqual({ kind: 'refused', code: 'SESSION_ENDED' });
    expect([asked, facts()]).toEqual([[], []]);
    expect(await use()).toMatchObject({ kind: 'done' });
    await close();
  });
  it('is under way for whoever asks meanwhile', async () => {
    const { use, close } = await openTools({
      host: async () => answerOf(await use({}, 1)),
      copies: 2,
    });
    expect(await use()).toMatchObject({ result: { code: 'IN_FLIGHT', reason: 'in-flight' } });
    await close();
  });
  it('whose answer is no longer kept is not run again either', async () => {
    const { use, asked, clock, sweep, toolUses, close } = await openTools();
    await use();
    clock.advanceMs(answerKeptMs);
    await sweep();
    expect(JSON.stringify(await toolUses.all(9))).not.toContain('sealed');
    expect(await use()).toMatchObject({ code: 'TOOL_FAILED', reason: 'interrupted' });
    expect(asked.length).toBe(1);
    await close();
  });
  it('keeps no answer of a person who was erased', async () => {
    const { use, forget, toolUses, close } = await openTools();
    await use();
    await forget();
    await use({ callId: 'call_2' });
    expect(JSON.stringify(await toolUses.all(9))).not.toContain('sealed');
    await close();
  });
  it('runs at most once over two copies, wherever one of them crashes, and leaves one fact', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 3 }),
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 }),
        fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 4 }),
        async (at, lengths, copies) => {
          const { step, over } = crashes(at);
          const { use, asked, sweep, facts, clock, close } = await openTools({
            ...{ copies: 2, turn: turns(lengths), crash: step },
            tools: [findOrder({}, { headers: {} })],
          });
          await Promise.all(copies.map((copy) => use({}, copy)));
          await Promise.all(copies.map((copy) => use({}, copy)));
          over();
          clock.advanceMs(200_000);
          await sweep();
          const outcomes = facts().map(({ outcome }) => outcome);
          await close();
          expect(asked.length).toBeLessThanOrEqual(1);
          expect(outcomes.length).toBeGreaterThanOrEqual(asked.length);
          expect(outcomes.length).toBeLessThanOrEqual(1);
        },
      ),
      small,
    );
  });
});

describe('the bounds of tools', () => {
  it.each([
    ['of a call', { perSession: 3, perMinute: 99 }, {}, 'session-limit'],
    ['of a tool within a call', { perSession: 9, perMinute: 99 }, { limits: { callsPerSession: 3 } }, 'session-limit'],
    ['of a tenant and minute', { perSession: 99, perMinute: 3 }, {}, 'tenant-limit'],
    ['of a tool and minute', { perSession: 99, perMinute: 99 }, { limits: { callsPerMinute: 3 } }, 'tool-limit'],
  ])('%s hold with all uses at once over two copies', async (_what, bounds, over, reason) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 4, max: 8 }),
        async (lengths, most) => {
          const { use, asked, close } = await openTools({
            ...{ copies: 2, turn: turns(lengths), bounds, tools: [findOrder(over)] },
          });
          const uses = Array.from({ length: most }, (_, n) => use({ callId: `call_${n}` }, n % 2));
          const outcomes = await Promise.all(uses);
          await close();
          const refused = outcomes.filter(({ kind }) => kind === 'refused');
          expect(asked.length).toBe(3);
          expect(refused.length).toBe(most - 3);
          for (const each of refused) expect(each).toMatchObject({ code: 'RATE_LIMITED', reason });
        },
      ),
      { numRuns: 10 },
    );
  });
  it('of a minute have room again a minute later, and refused uses have taken none of it', async () => {
    const bounds = { perSession: 99, perMinute: 1 };
    const { use, clock, sweep, toolMinutes, close } = await openTools({ bounds });
    await use();
    for (const callId of ['call_2', 'call_3'])
      expect(await use({ callId })).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 60 });
    clock.advanceMs(60_000);
    expect(await use({ callId: 'call_2' })).toMatchObject({ kind: 'done' });
    clock.advanceMs(180_000);
    await sweep();
    expect(await toolMinutes.all(9)).toEqual([]);
    await close();
  });
  it('of a minute have their room back when a budget, auth or the end of a call kept a use from being sent', async () => {
    const bounds = { perSession: 1, perMinute: 1 };
    const answers = ['exceeded', 'unknown', 'held'] as const;
    const { use, held, close } = await openTools({
      ...{ bounds, tools: [findOrder({ costMicros: 9 })] },
      quota: () => answers[held.length - 1] ?? 'held',
    });
    expect(await use({ callId: 'call_1' })).toMatchObject({ code: 'QUOTA_EXCEEDED' });
    expect(await use({ callId: 'call_2' })).toMatchObject({ code: 'SESSION_ENDED' });
    expect(await use({ callId: 'call_3' })).toMatchObject({ kind: 'done' });
    expect(await use({ callId: 'call_4' })).toMatchObject({ code: 'RATE_LIMITED' });
    await close();
    const withoutAuth = await openTools({ bounds, auth: 'down' });
    for (const callId of ['call_1', 'call_2'])
      expect(await withoutAuth.use({ callId })).toMatchObject({ code: 'UNAVAILABLE' });
    expect(await withoutAuth.toolMinutes.all(9)).toMatchObject([{ state: { starts: {} } }]);
    await withoutAuth.close();
  });
  it('of a tool raise nothing above those of the platform', async () => {
    const tools = [findOrder({ limits: { callsPerSession: 10_000 } })];
    const { use, close } = await openTools({ tools, bounds: { perSession: 1, perMinute: 9 } });
    await use();
    expect(await use({ callId: 'call_2' })).toMatchObject({ code: 'RATE_LIMITED' });
    await close();
  });
});

describe('the fact of a use', () => {
  it('says where, how large and how it ended, and nothing that was said', async () => {
    const { use, facts, toolUses, warned, close } = await openTools({
      host: () => answerOf({ said: 'canary-answer' }),
    });
    await use({ args: { number: 'CANARY77' } });
    expect(facts()).toEqual([
      {
        ...{ tenantId: 'acme', sessionId: expect.any(String), name: 'find_order', kind: 'http_tool', via: 'browser' },
        ...{ outcome: 'answered', ok: true, host: 'api.shop.com', method: 'GET', status: 200, ms: 0 },
        ...{ bytesOut: expect.any(Number), bytesIn: 24 },
      },
    ]);
    const kept = JSON.stringify([facts(), await toolUses.all(9), warned]);
    for (const canary of ['CANARY77', 'canary-answer', 'canary-secret', '/orders', 'header-canary', 'call_1'])
      expect(kept).not.toContain(canary);
    await close();
  });
});
