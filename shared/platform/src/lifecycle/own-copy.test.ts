import { DrainCopies, ShowCopy } from '@vox/contracts';
import { describe, expect, it, vi } from 'vitest';
import { memoryBus } from '../bus/mod.ts';
import { silentLog } from '../telemetry/mod.ts';
import { answerAsCopy, copyOf } from './own-copy.ts';
import { stopsOf } from './stops.ts';

const at = new Date('2026-05-05T12:00:00.000Z');
const by = { actor: 'operator:ada', reason: 'a new machine', requestId: 'r1' };

/** A copy of quota with a store below its bus and work above it. `finish` lets the work end. */
async function openCopy(pid: number, bus = memoryBus()) {
  const closed: string[] = [];
  const stops = stopsOf(silentLog);
  const { promise: finished, resolve: finish } = Promise.withResolvers<void>();
  const copy = copyOf(pid, at, silentLog, stops);
  for (const name of ['store', 'bus']) stops.push(async () => closed.push(name));
  copy.stays();
  await answerAsCopy('quota', bus, copy);
  stops.push(() => finished.then(() => closed.push('work')));
  stops.push(async () => closed.push('door'));
  return { bus, copy, closed, stops, finish };
}

describe('a copy of a service', () => {
  it('that is drained stops its work in the reverse order, keeps its way to the bus, and says when it is done', async () => {
    const { bus, copy, closed, finish } = await openCopy(1);
    const shown = async () => (await bus.ask(ShowCopy.quota, {})).state;
    expect(await shown()).toBe('starting');
    await expect(bus.ask(DrainCopies.quota, { copies: [copy.name], ...by })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
    copy.opened();
    expect(await shown()).toBe('working');
    expect(await bus.ask(DrainCopies.quota, { copies: [copy.name], ...by })).toMatchObject({ state: 'draining' });
    expect(bus.published()).toMatchObject([
      { type: 'vox.security.drain-begun.v1', data: { service: 'quota', copy: copy.name, ...by } },
    ]);
    await vi.waitFor(() => expect(closed).toEqual(['door']));
    finish();
    await vi.waitFor(async () => expect(await shown()).toBe('drained'));
    expect(closed).toEqual(['door', 'work']);
  });
  it('goes on working when another copy is named, and begins once however often it is asked', async () => {
    const { bus, copy, closed, finish } = await openCopy(1);
    copy.opened();
    expect(await bus.ask(DrainCopies.quota, { copies: ['elsewhere:1'], ...by })).toMatchObject({ state: 'working' });
    for (let n = 0; n < 2; n += 1) await bus.ask(DrainCopies.quota, { copies: [copy.name], ...by });
    finish();
    await vi.waitFor(() => expect(copy.state()).toBe('drained'));
    await bus.ask(DrainCopies.quota, { copies: [copy.name], ...by });
    expect([closed, bus.published().length]).toEqual([['door', 'work'], 1]);
  });
  it('does not begin while the fact of it cannot be stored', async () => {
    const bus = memoryBus();
    const full = { ...bus, publish: () => Promise.reject(new Error('the stream is full')) };
    const { copy, closed } = await openCopy(1, full);
    copy.opened();
    await expect(bus.ask(DrainCopies.quota, { copies: [copy.name], ...by })).rejects.toMatchObject({
      code: 'INTERNAL',
    });
    expect([copy.state(), closed]).toEqual(['working', []]);
  });
  it('answers nobody but the operator of the installation', async () => {
    const { bus, copy } = await openCopy(1);
    copy.opened();
    const asked: Parameters<typeof bus.answer>[1][] = [];
    const noting = { ...bus, answer: async (_question: unknown, handle: never) => void asked.push(handle) };
    await answerAsCopy('quota', noting as never, copy);
    for (const handle of asked)
      await expect(handle({ copies: [copy.name], ...by } as never, { isOperator: false })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    expect([asked.length, copy.state()]).toEqual([2, 'working']);
  });
  it('that is stopped while it is being drained closes the rest only when the work has ended', async () => {
    const { copy, closed, stops, finish } = await openCopy(1);
    copy.opened();
    copy.drain();
    const stopped = stops.downTo(0);
    await vi.waitFor(() => expect(closed).toEqual(['door']));
    finish();
    expect(await stopped).toBe(true);
    expect(closed).toEqual(['door', 'work', 'bus', 'store']);
  });
  it('closes everything else when one thing does not close, and says so', async () => {
    const { stops, closed, finish } = await openCopy(1);
    stops.push(() => Promise.reject(new Error('stuck')));
    finish();
    expect(await stops.downTo(0)).toBe(false);
    expect(closed).toEqual(['door', 'work', 'bus', 'store']);
  });
});
