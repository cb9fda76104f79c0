import type { EgressOutcome, EgressRequest } from '@vox/platform/egress';
import { afterEach, describe, expect, it } from 'vitest';
import { findOrder, openTools, s1 } from '../tools.fixture.ts';

let open: Awaited<ReturnType<typeof openTools>>;
afterEach(() => open.close());

/** A host that never answers, and hears when nobody waits for it any more. */
const hangs = ({ signal }: EgressRequest): Promise<EgressOutcome> =>
  new Promise((resolve) => {
    signal?.addEventListener('abort', () => resolve({ kind: 'failed', reason: 'aborted' }));
  });

/** A tool at that host. `look` is what a copy does again and again while a use is under way. */
async function hanging(over: Parameters<typeof openTools>[0] = {}) {
  const looking = new Set<() => void>();
  open = await openTools({
    ...{ tools: [findOrder({ costMicros: 9 })], quota: () => 'held', host: hangs },
    repeat: (again) => {
      looking.add(again);
      return () => void looking.delete(again);
    },
    ...over,
  });
  const look = (): void => {
    for (const again of looking) again();
  };
  const end = () =>
    open.sessions.update(s1, (known) => ({
      result: undefined,
      state: { ...known, kind: 'ended', reason: 'client', endedAtMs: 0, connectedSeconds: 0, told: true } as never,
    }));
  const isUnderWay = () => expect.poll(() => open.asked).toHaveLength(1);
  return { ...open, looking, look, end, isUnderWay };
}
const interrupted = { kind: 'refused', code: 'TOOL_FAILED', reason: 'interrupted' };
const isUnknown = [{ outcome: 'interrupted', reason: 'interrupted', ok: false, costMicros: 9, host: 'api.shop.com' }];

describe('a use whose call ends while its host is asked', () => {
  it('is cut for a page, and stands as what nobody knows, with its cost', async () => {
    const { use, look, end, isUnderWay, facts, held } = await hanging();
    const used = use();
    await isUnderWay();
    look();
    await end();
    look();
    expect(await used).toEqual(interrupted);
    expect(facts()).toMatchObject(isUnknown);
    expect(held).toHaveLength(1);
  });
  it('is cut for the provider by the copy that hears the call, at once', async () => {
    const over = new AbortController();
    const { use, isUnderWay, facts } = await hanging();
    const used = use({ via: 'provider', signal: over.signal });
    await isUnderWay();
    over.abort();
    expect(await used).toEqual(interrupted);
    expect(facts()).toMatchObject(isUnknown);
  });
  it('is cut for the provider where another copy has ended the call', async () => {
    const { use, look, end, isUnderWay } = await hanging();
    const used = use({ via: 'provider', signal: new AbortController().signal });
    await isUnderWay();
    await end();
    look();
    expect(await used).toEqual(interrupted);
  });
  it('is cut past the longest time of the call', async () => {
    const { use, look, clock, isUnderWay } = await hanging();
    const used = use();
    await isUnderWay();
    clock.advanceMs(900_000);
    look();
    expect(await used).toEqual(interrupted);
  });
  it('is not sent again, whoever asks under its id', async () => {
    const { use, look, end, isUnderWay, sessions, asked, sweep, clock, facts } = await hanging();
    const goesOn = await sessions.read(s1);
    const used = use();
    await isUnderWay();
    await end();
    look();
    await used;
    await sessions.update(s1, () => ({ result: undefined, state: goesOn as never }));
    expect(await use()).toEqual(interrupted);
    clock.advanceMs(200_000);
    await sweep();
    expect(await use()).toEqual(interrupted);
    expect(asked).toHaveLength(1);
    expect(facts()).toHaveLength(1);
  });
});

describe('a use whose call goes on', () => {
  it('is looked after for as long as it is under way, and no longer', async () => {
    const answered = Promise.withResolvers<void>();
    const host = async (): Promise<EgressOutcome> => {
      await answered.promise;
      return { kind: 'answered', status: 200, headers: {}, body: Buffer.from('{"status":"sent"}'), isCut: false };
    };
    const { use, look, looking, isUnderWay } = await hanging({ host });
    const used = use();
    await isUnderWay();
    look();
    expect(looking.size).toBe(1);
    answered.resolve();
    expect(await used).toMatchObject({ kind: 'done', ok: true });
    expect(looking.size).toBe(0);
  });
});
