import { digest } from '@vox/platform/crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakAt, type Entry, emptyChain, link, type Recorded } from './chain.ts';

const recorded = (factId: string, data: string): Recorded => ({
  factId,
  type: 'vox.session.granted.v1',
  source: 'session-broker',
  subject: 'acme/1',
  time: '2026-05-05T12:00:00.000Z',
  actor: 'operator:ada',
  action: 'key.revoke',
  target: 'key:one',
  reason: null,
  outcome: 'done',
  requestId: null,
  traceId: null,
  data,
});
const chainOf = (data: readonly string[]): Entry[] => {
  const chain: Entry[] = [];
  for (const [index, each] of data.entries())
    chain.push(link('acme', chain.at(-1) ?? emptyChain, recorded(`f${index}`, each), digest));
  return chain;
};
const firstBreak = (chain: readonly Entry[]) => {
  for (const [index, entry] of chain.entries()) {
    const broken = breakAt(chain[index - 1] ?? emptyChain, entry, digest);
    if (broken !== undefined) return broken;
  }
  return undefined;
};
const someChain = fc.array(fc.string(), { minLength: 2, maxLength: 12 });

describe('the audit chain', () => {
  it('is sound as it was written', () => {
    fc.assert(fc.property(someChain, (data) => firstBreak(chainOf(data)) === undefined));
  });
  it('names the first entry whose content was changed, whichever field it was', () => {
    const [whole] = chainOf(['']);
    const fields = fc.constantFrom(...Object.keys(whole ?? {}).filter((name) => name !== 'sequence'));
    fc.assert(
      fc.property(someChain, fc.nat(), fields, (data, at, field) => {
        const chain = chainOf(data);
        const index = at % chain.length;
        const changed = chain.map((entry, place) => (place === index ? { ...entry, [field]: 'changed!' } : entry));
        expect(firstBreak(changed)).toEqual({ sequence: index + 1, cause: 'changed' });
      }),
    );
  });
  it('names the first entry that was dropped', () => {
    fc.assert(
      fc.property(someChain, fc.nat(), (data, at) => {
        const chain = chainOf(data);
        // What is cut from the end leaves a sound, shorter chain: only a signed checkpoint could show it.
        const index = at % (chain.length - 1);
        expect(firstBreak(chain.toSpliced(index, 1))).toEqual({ sequence: index + 1, cause: 'missing' });
      }),
    );
  });
  it('names the first of two entries that changed places', () => {
    fc.assert(
      fc.property(someChain, fc.nat(), (data, at) => {
        const chain = chainOf(data);
        const index = at % (chain.length - 1);
        const [one, two] = [chain[index], chain[index + 1]] as [Entry, Entry];
        expect(firstBreak(chain.toSpliced(index, 2, two, one))?.sequence).toBe(index + 1);
      }),
    );
  });
  it('names an entry that was written anew with a sound hash of its own', () => {
    const chain = chainOf(['a', 'b', 'c']);
    const forged = link('acme', emptyChain, recorded('f0', 'forged'), digest);
    expect(firstBreak([forged, ...chain.slice(1)])).toEqual({ sequence: 2, cause: 'unlinked' });
  });
});
