import { createHmac } from 'node:crypto';
import { CheckIdentifiers, PlaceHold, ReleaseHold } from '@vox/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { vaultOf } from '../../compliance.fixture.ts';
import { keyRing } from '../../vault/keep/key-ring.ts';
import { subjectDocumentKey } from '../../vault/keep/subjects.ts';
import type { HoldScope } from '../decide/hold.ts';
import { holdKey } from '../keep/holds.ts';
import { by, email, openStrangers, phone, type Strangers, tenantId, uuid } from '../strangers.fixture.ts';

/** The index of a number then: of its digits as they were written. */
async function indexThen(fixture: Strangers, written: string): Promise<string> {
  const { index } = await keyRing(fixture).keysOf(tenantId);
  const digits = written
    .normalize('NFKC')
    .trim()
    .replace(/[^\d+]/g, '')
    .replace(/^00/, '+');
  return createHmac('sha256', index).update(`phone:${digits}`).digest('hex');
}

describe('an identifier that a person was linked by before identifiers were read', () => {
  let fixture: Strangers;
  beforeEach(async () => {
    fixture = await openStrangers('ES');
    for (const n of [1, 2, 3]) await fixture.call(n);
  });
  afterEach(() => fixture.service.stop());

  /** As it was kept then: whatever was written, under the index of its digits. */
  async function linkedThen(n: number, written: string): Promise<string> {
    const index = await indexThen(fixture, written);
    const call = await fixture.calls.read(`${tenantId}/${uuid(n)}`);
    const subjectId = call?.subjectId ?? '';
    const box = await vaultOf(fixture).box({ tenantId, subjectId });
    const known = { kind: 'phone' as const, index, sealed: box?.seal('identifier:phone', written) ?? '' };
    await fixture.subjects.update(subjectDocumentKey(tenantId, subjectId), (subject) =>
      subject === undefined
        ? { result: undefined }
        : { result: undefined, state: { ...subject, identifiers: [...subject.identifiers, known] } },
    );
    return subjectId;
  }

  it('is reported where it belongs to nobody or is not looked for any more, and matches nobody', async () => {
    const strangers = [await linkedThen(1, 'n/a'), await linkedThen(2, '-----')];
    const old = await linkedThen(3, '600 123 987');
    const found = await fixture.bus.ask(CheckIdentifiers, { tenantId });
    expect(found.next).toBeNull();
    expect(found.broken).toHaveLength(3);
    for (const subjectId of strangers)
      expect(found.broken).toContainEqual({ subjectId, kind: 'phone', cause: 'nobody' });
    expect(found.broken).toContainEqual({ subjectId: old, kind: 'phone', cause: 'outdated' });
    for (const value of ['n/a', '-----', '']) await expect(fixture.search(phone(value))).rejects.toThrow();
  });
  it('is repaired by linking the person again, unless a hold is placed by it', async () => {
    await linkedThen(1, 'n/a');
    await linkedThen(2, '600 123 987');
    await fixture.link(1, email('ann@example.com'));
    await fixture.link(2, email('bea@example.com'));
    expect((await fixture.bus.ask(CheckIdentifiers, { tenantId })).broken).toEqual([]);
    expect(await fixture.callsOf(phone('+34600123987'))).toEqual([uuid(2)]);
    const subjectId = await linkedThen(3, '-----');
    const index =
      (await fixture.subjects.read(subjectDocumentKey(tenantId, subjectId)))?.identifiers.at(-1)?.index ?? '';
    const scope = { kind: 'person' as const, indexes: [index], subjectIds: [] };
    const hold = { tenantId, holdId: uuid(7), scope, reason: 'case 12', placedBy: 'operator:test', placedAtMs: 0 };
    await fixture.holds.update(holdKey(tenantId, uuid(7)), () => ({
      result: 0,
      state: { ...hold, releasedAtMs: null },
    }));
    await fixture.link(3, email('cid@example.com'));
    expect(await fixture.bus.ask(CheckIdentifiers, { tenantId })).toMatchObject({
      broken: [{ subjectId, cause: 'nobody' }],
      holdIds: [uuid(7)],
    });
    expect(await fixture.request('erase', email('cid@example.com'))).toMatchObject({
      state: 'blocked',
      holdId: uuid(7),
    });
  });
});

describe('a hold that was placed by a number before identifiers were read', () => {
  let fixture: Strangers;
  beforeEach(async () => {
    fixture = await openStrangers('ES');
    for (const n of [1, 2]) await fixture.call(n);
    await fixture.link(2, phone('600 123 987'));
  });
  afterEach(() => fixture.service.stop());

  const heldIds = async () => (await fixture.bus.ask(CheckIdentifiers, { tenantId })).holdIds;
  /** As such a hold stands in the store. */
  async function placedThen(holdId: string, written: string, releasedAtMs: number | null = null): Promise<void> {
    const scope = { kind: 'person', index: await indexThen(fixture, written), subjectIds: [] } as unknown as HoldScope;
    const hold = { tenantId, holdId, scope, reason: 'case 12', placedBy: 'operator:test', placedAtMs: 0, releasedAtMs };
    await fixture.holds.update(holdKey(tenantId, holdId), () => ({ result: undefined, state: hold }));
  }

  it('is reported if nobody is known by that number as it was written', async () => {
    await placedThen(uuid(7), '600 123 987');
    expect(await heldIds()).toEqual([uuid(7)]);
  });
  it('is not reported if somebody is known by it, or if it was released', async () => {
    await placedThen(uuid(7), '+34 600 123 987');
    await placedThen(uuid(8), '600 123 987', 1);
    expect(await heldIds()).toEqual([]);
  });
  it('is reported no more once it is released, and then stands in the store like any other', async () => {
    await placedThen(uuid(7), '600 123 987');
    await fixture.bus.ask(ReleaseHold, { tenantId, holdId: uuid(7), ...by });
    expect(await heldIds()).toEqual([]);
    const scope = { kind: 'person', indexes: [await indexThen(fixture, '600 123 987')], subjectIds: [] };
    expect((await fixture.holds.read(holdKey(tenantId, uuid(7))))?.scope).toEqual(scope);
  });
  it('is not taken for one that is placed today on a person whom nobody knows yet', async () => {
    const scope = { kind: 'person' as const, identifiers: [phone('600 999 999')] };
    await fixture.bus.ask(PlaceHold, { tenantId, scope, ...by });
    expect(await heldIds()).toEqual([]);
  });
});
