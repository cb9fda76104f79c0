import { ListAudit, PlaceHold } from '@vox/contracts';
import { settled } from '@vox/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { by, email, openStrangers, phone, type Strangers, tenantId, uuid } from './holds/strangers.fixture.ts';

const odd = ['n/a', 'unknown', '-----', '٠٥٠١٢٣٤٥٦٧', '+', '0'];

describe('two strangers', () => {
  let fixture: Strangers;
  afterEach(() => fixture.service.stop());

  it('whose telephone numbers are none are refused where they say them, and share nothing', async () => {
    fixture = await openStrangers();
    for (const n of [1, 2]) await fixture.call(n);
    for (const value of odd) {
      const wanted = (path: string) => ({ code: 'INVALID_REQUEST', answer: { issues: [{ path }] } });
      await expect(fixture.link(1, email('ann@example.com'), phone(value))).rejects.toMatchObject(
        wanted('identifiers.1.value'),
      );
      await expect(fixture.consent(2, { phone: value })).rejects.toMatchObject(wanted('subject.phone'));
      await expect(fixture.search(phone(value))).rejects.toMatchObject(wanted('identifiers.0.value'));
      for (const kind of ['export', 'erase'] as const)
        await expect(fixture.request(kind, phone(value))).rejects.toMatchObject(wanted('identifiers.0.value'));
      const scope = { kind: 'person' as const, identifiers: [phone(value)] };
      const hold = fixture.bus.ask(PlaceHold, { tenantId, scope, ...by });
      await expect(hold).rejects.toMatchObject(wanted('scope.identifiers.0.value'));
    }
    expect((await fixture.consents.all(9)).length).toBe(0);
    for (const { state } of await fixture.subjects.all(9))
      expect(state.identifiers.map(({ kind }) => kind)).toEqual(['visitor']);
  });

  it('of one country are told apart in their own digits: one is erased, the other is all there', async () => {
    fixture = await openStrangers('AE');
    for (const n of [1, 2]) await fixture.call(n);
    await fixture.link(1, phone('٠٥٠١٢٣٤٥٦٧'));
    await fixture.consent(2, { phone: '٠٥٠٧٦٥٤٣٢١' });
    expect(await fixture.callsOf(phone('+971 50 123 4567'))).toEqual([uuid(1)]);
    expect(await fixture.request('erase', phone('00971 (0)50 1234567'))).toMatchObject({
      state: 'done',
      matches: [{ kind: 'phone', subjects: 1 }],
    });
    expect(await fixture.callsOf(phone('+971501234567'))).toEqual([]);
    expect(await fixture.callsOf(phone('050 765 4321'))).toEqual([uuid(2)]);
  });

  it('are all looked for by several identifiers, each of which is said to have matched or not', async () => {
    fixture = await openStrangers();
    for (const n of [1, 2, 3]) await fixture.call(n);
    await fixture.link(1, email('ann@example.com'));
    await fixture.link(2, phone('+34 600 123 987'));
    await fixture.link(3, email('bea@example.com'));
    const said = [
      email('Ann@Example.com'),
      email('ann@elsewhere.example'),
      phone('0034600123987'),
      phone('+34600123987'),
    ];
    const matches = [
      { kind: 'email', subjects: 1 },
      { kind: 'email', subjects: 0 },
      { kind: 'phone', subjects: 1 },
    ];
    expect(await fixture.search(...said)).toMatchObject({ matches, transcripts: [{}, {}] });
    expect(await fixture.request('erase', ...said)).toMatchObject({ state: 'done', matches });
    expect(await fixture.callsOf(...said)).toEqual([]);
    expect(await fixture.callsOf(email('bea@example.com'))).toEqual([uuid(3)]);
  });
});

describe('a request that finds nobody', () => {
  it.each(['export', 'erase'] as const)(
    'ends in words of its own, without a receipt, and stands in the audit log: %s',
    async (kind) => {
      const fixture = await openStrangers();
      await fixture.call(1);
      const found = await fixture.request(kind, email('nobody@example.com'), phone('+34600000000'));
      expect(found).toMatchObject({ state: 'nobody-found', receipt: null, evidence: [{ step: 'find', count: 0 }] });
      expect(found.matches).toEqual([
        { kind: 'email', subjects: 0 },
        { kind: 'phone', subjects: 0 },
      ]);
      expect(await fixture.erasures.all(9)).toEqual([]);
      expect(await fixture.exportParts.all(9)).toEqual([]);
      const [{ state } = { state: undefined }] = await fixture.privacyRequests.all(9);
      expect(state).toMatchObject({ sealedWhose: null, lease: null });
      const { entries } = await fixture.bus.ask(ListAudit, { tenantId, ...by });
      const action = kind === 'erase' ? 'subject.nobody-to-erase' : 'subject.nobody-to-export';
      expect(entries.filter((entry) => entry.action === action)).toMatchObject([{ outcome: 'refused' }]);
      expect(entries.map((entry) => entry.action)).not.toContain(
        kind === 'erase' ? 'subject.erased' : 'subject.exported',
      );
      expect(JSON.stringify(entries)).not.toMatch(/nobody@|600000000/);
      // It is over: nothing is worked on, published or warned of again.
      fixture.clock.advanceMs(60 * 86_400_000);
      const published = fixture.bus.published().length;
      await fixture.service.workOnRequests();
      await settled(fixture.bus);
      expect(fixture.bus.published()).toHaveLength(published);
      await fixture.service.stop();
    },
  );
});
