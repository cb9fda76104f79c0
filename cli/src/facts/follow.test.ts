import type { BusView, Told } from '@vox/platform/bus';
import { describe, expect, it } from 'vitest';
import { follow } from './follow.ts';
import { told } from './told.fixture.ts';

const at = (place: number): Told => told({ name: 'vox.session.granted', second: place, place });

/** A view that holds some facts, and tells of others while the held ones are being read. */
function viewOf(held: readonly Told[], meanwhile: readonly Told[]) {
  let stopped = 0;
  let tell: (each: Told) => void = () => undefined;
  const view: Pick<BusView, 'listen' | 'told'> = {
    async listen(_wanted, heard) {
      tell = heard;
      return { stop: async () => void (stopped += 1) };
    },
    async *told() {
      for (const each of meanwhile) tell(each);
      yield* held;
    },
  };
  return { view: view as BusView, tell: (each: Told) => tell(each), stopped: () => stopped };
}

describe('facts that are followed', () => {
  it('come once each, the stored ones first, whatever comes while those are being read', async () => {
    const { view, tell, stopped } = viewOf([at(1), at(2), at(3)], [at(3), at(4)]);
    const ending = new AbortController();
    const seen: number[] = [];
    for await (const { place } of follow(view, {}, new Date(0), ending.signal)) {
      seen.push(place);
      if (place === 4) tell(at(5));
      if (place === 5) ending.abort();
    }
    expect([seen, stopped()]).toEqual([[1, 2, 3, 4, 5], 1]);
  });
  it('begin with the next one without a moment, and end at once when nobody wants more', async () => {
    const { view, tell, stopped } = viewOf([at(1)], []);
    const ending = new AbortController();
    const rows = follow(view, {}, undefined, ending.signal);
    const first = rows.next();
    await Promise.resolve();
    tell(at(9));
    expect((await first).value).toMatchObject({ place: 9 });
    const last = rows.next();
    ending.abort();
    expect([await last, stopped()]).toEqual([{ done: true, value: undefined }, 1]);
  });
});
