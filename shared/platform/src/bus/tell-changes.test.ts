import {
  ChangeNotice,
  changeOfFact,
  changeSignals,
  changingFacts,
  type Fact,
  factKinds,
  makeFact,
} from '@vox/contracts';
import { describe, expect, it, vi } from 'vitest';
import { exampleOf } from '../examples/mod.ts';
import { memoryBus } from './mod.ts';
import { tellChanges } from './tell-changes.ts';

const tenantId = 'acme';
type Data = Readonly<{ tenantId: string }>;
/** A fact of a kind, made up by its schema. */
const someFact = (kind: (typeof changingFacts)[number], id: string): Fact => {
  const data = { ...(exampleOf(kind.data) as Data), tenantId };
  return makeFact(kind, { id, source: kind.publishers[0] ?? '', at: new Date(0) }, data);
};
/** What a notice may hold besides its closed lists. */
const idsIn = (data: object): string[] =>
  Object.entries(data).flatMap(([name, value]) =>
    /Id$|^(identityKind|measure|period|limit|version|widgetKey)$/.test(name) ? [String(value)] : [],
  );

describe('a change', () => {
  it('is told by the one service that publishes its fact, and says nothing but ids', () => {
    expect(changingFacts.length).toBeGreaterThan(20);
    for (const kind of changingFacts) {
      expect([kind.name, kind.publishers.length]).toEqual([kind.name, 1]);
      const fact = someFact(kind, 'x');
      const change = changeOfFact(kind, fact.data);
      expect(change?.signal.from).toBe(kind.publishers[0]);
      const notice = ChangeNotice.strict().parse(change?.notice);
      const known = idsIn(fact.data as object);
      for (const part of notice.id.split(':'))
        expect([kind.name, known]).toEqual([kind.name, expect.arrayContaining([part])]);
      expect(change?.scope).toEqual({ tenantId });
    }
  });
  it('is none of a fact that changes nothing that is shown', () => {
    const others = factKinds.filter((kind) => !changingFacts.includes(kind));
    expect(others.length).toBeGreaterThan(20);
    for (const kind of others) expect(changeOfFact(kind, { tenantId })).toBeUndefined();
  });
  it('is heard once its fact is stored, and again where it is published again, by whoever listens to its tenant', async () => {
    const bus = memoryBus();
    const heard: string[] = [];
    for (const [from, signal] of Object.entries(changeSignals))
      for (const tenant of [tenantId, 'other'])
        await bus.listen(signal, { tenantId: tenant }, ({ id }) => void heard.push(`${tenant} ${from} ${id}`));
    for (const [at, kind] of changingFacts.entries()) {
      const fact = someFact(kind, `f${at}`);
      const told = `${tenantId} ${kind.publishers[0]} ${changeOfFact(kind, fact.data)?.notice.id}`;
      expect(await bus.publish(kind, fact)).toEqual({ duplicate: false });
      await vi.waitFor(() => expect(heard.splice(0)).toEqual([told]));
      expect(await bus.publish(kind, fact)).toEqual({ duplicate: true });
      await vi.waitFor(() => expect(heard.splice(0)).toEqual([told]));
    }
    await bus.close();
  });
  it('is not told of a fact that is not stored, and fails no fact where it cannot be told', async () => {
    const [kind] = changingFacts as [(typeof changingFacts)[number]];
    const fact = someFact(kind, 'x');
    const signal = vi.fn(() => {
      throw new Error('the link is closing');
    });
    const lost = tellChanges({ publish: () => Promise.reject(new Error('no stream')) }, { signal });
    await expect(lost(kind, fact)).rejects.toThrow('no stream');
    expect(signal).not.toHaveBeenCalled();
    const stored = tellChanges({ publish: async () => ({ duplicate: false }) }, { signal });
    expect(await stored(kind, fact)).toEqual({ duplicate: false });
    expect(signal).toHaveBeenCalledOnce();
  });
});
