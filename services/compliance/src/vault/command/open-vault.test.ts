import { type CanonicalIdentifier, readIdentifier } from '@vox/platform/identifiers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onTwins, vaultOf } from '../../compliance.fixture.ts';

const email = { kind: 'email', form: 'ann@example.com' } as const;
const visitor = { kind: 'visitor', form: 'v_0123456789abcdefghijkl' } as const;

describe('the vault', () => {
  const open = () => {
    const twins = onTwins();
    return { twins, vault: vaultOf(twins) };
  };

  it('opens what it sealed at the same place for the same person, and nowhere else', async () => {
    const { vault } = open();
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.string(), fc.string(), async (text, place, other) => {
        const one = await vault.box(await vault.subjectOf('acme', visitor));
        const two = await vault.box(await vault.subjectOf('acme', { ...visitor, form: 'v_another' }));
        const sealed = one?.seal(place, text) ?? '';
        expect(one?.open(place, sealed)).toBe(text);
        expect(two?.open(place, sealed)).toBeUndefined();
        if (other !== place) expect(one?.open(other, sealed)).toBeUndefined();
        if (text.length > 3) expect(sealed).not.toContain(text);
      }),
      { numRuns: 30 },
    );
  });
  it('makes one subject of a visitor, however many ask at once, and none for another tenant', async () => {
    const { vault, twins } = open();
    const asked = await Promise.all(Array.from({ length: 20 }, () => vault.subjectOf('acme', visitor)));
    expect(new Set(asked.map(({ subjectId }) => subjectId)).size).toBe(1);
    expect(new Set(asked.map(({ key }) => key)).size).toBe(1);
    await vault.subjectOf('other', visitor);
    expect((await twins.subjects.all(9)).length).toBe(2);
    expect(await vault.blindIndex('acme', visitor)).not.toBe(await vault.blindIndex('other', visitor));
  });
  it('finds a person by each way of writing what it is known by, and stores none of it to be read', async () => {
    const { vault, twins } = open();
    const { subjectId } = await vault.subjectOf('acme', visitor);
    const read = (kind: 'email' | 'phone', value: string) =>
      readIdentifier({ kind, value }, null) as CanonicalIdentifier;
    expect(await vault.identify('acme', subjectId, [email, read('phone', '+34 600 111 222')])).toBe(true);
    for (const value of [' ann@example.com', 'ANN@EXAMPLE.COM', 'ａnn@example.com'])
      expect((await vault.find('acme', read('email', value))).map((each) => each.subjectId)).toEqual([subjectId]);
    expect(await vault.find('acme', read('phone', '0034600111222'))).toHaveLength(1);
    expect(await vault.find('other', email)).toEqual([]);
    const stored = JSON.stringify(await twins.subjects.all(9));
    expect(stored).not.toMatch(/ann@|600.?111|v_0123456789/i);
  });
  it('finds two forms of identifiers by two hashes, whatever their kinds', async () => {
    const { vault } = open();
    const kinds = fc.constantFrom('email' as const, 'phone' as const, 'visitor' as const, 'user' as const);
    const named = fc.record({ kind: kinds, form: fc.string({ minLength: 1, maxLength: 3 }) });
    await fc.assert(
      fc.asyncProperty(named, named, async (one, other) => {
        const isSame = one.kind === other.kind && one.form === other.form;
        expect((await vault.blindIndex('acme', one)) === (await vault.blindIndex('acme', other))).toBe(isSame);
      }),
    );
  });
  it('opens nothing of a forgotten person any more, and keeps nothing new for it', async () => {
    const { vault, twins } = open();
    const subject = await vault.subjectOf('acme', visitor);
    const sealed = (await vault.box(subject))?.seal('place', 'words') ?? '';
    expect((await vault.box(subject))?.open('place', sealed)).toBe('words');
    await vault.forget('acme', subject.subjectId);
    await vault.forget('acme', subject.subjectId);
    expect(await vault.box(subject)).toBeUndefined();
    expect(await vault.find('acme', visitor)).toEqual([]);
    expect(await vault.identify('acme', subject.subjectId, [email])).toBe(false);
    const again = await vault.subjectOf('acme', visitor);
    expect(again).toMatchObject({ key: null, identifiers: [], forgottenAtMs: twins.clock.now().getTime() });
  });
});
