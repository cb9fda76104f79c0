import { describe, expect, it } from 'vitest';
import { findOrder, openTools, s1 } from '../tools.fixture.ts';

const ended = { kind: 'refused', code: 'SESSION_ENDED' };

describe('a tool whose call ends while its use is made ready', () => {
  it('is not sent for a page, and stands for nothing', async () => {
    const { use, sessions, asked, facts, toolMinutes, close } = await openTools({
      lending: () => sessions.update(s1, (known) => ({ result: undefined, state: over(known) as never })),
    });
    expect(await use()).toEqual(ended);
    expect([asked, facts()]).toEqual([[], []]);
    expect(await toolMinutes.all(9)).toMatchObject([{ state: { starts: {} } }]);
    await close();
  });
  it('is not sent for a page past the longest time of the call', async () => {
    const { use, clock, asked, close } = await openTools({ lending: () => clock.advanceMs(900_000) });
    expect(await use()).toEqual(ended);
    expect(asked).toEqual([]);
    await close();
  });
  it('is not sent for a provider, though the end comes when all else is ready', async () => {
    const end = new AbortController();
    const { use, asked, facts, close } = await openTools({
      tools: [findOrder({ costMicros: 9 })],
      quota: () => {
        end.abort();
        return 'held';
      },
    });
    expect(await use({ via: 'provider', signal: end.signal })).toEqual(ended);
    expect([asked, facts()]).toEqual([[], []]);
    await close();
  });
});

const over = (known: object | undefined): object => ({
  ...known,
  ...{ kind: 'ended', reason: 'client', endedAtMs: 0, connectedSeconds: 0, told: true },
});
