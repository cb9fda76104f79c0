import { ListConsents, RecordConsent } from '@vox/contracts';
import { someWidgetKey } from '@vox/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { by, email, openStrangers, type Strangers, tenantId, uuid } from '../../holds/strangers.fixture.ts';
import { type ListedConsent, newestOf, placeOf, wantedOf, windowsOf } from '../decide/consent-list.ts';

const visitorOf = (n: number): string => `v_${String(n).padStart(22, '0')}`;
const list = ({ bus }: Strangers, over: object = {}) => bus.ask(ListConsents, { tenantId, ...by, ...over });
type Page = Awaited<ReturnType<typeof list>>;

/** What a visitor answers a minute after whatever was answered before. */
async function answer({ bus, clock }: Strangers, n: number, over: object = {}): Promise<string> {
  clock.advanceMs(60_000);
  const shown = { purpose: 'transcripts', version: '1', textHash: 'a'.repeat(64), locale: 'es-ES' } as const;
  const choice = { ...shown, method: 'click', given: true, ...over } as const;
  const visitor = { widgetKey: someWidgetKey, visitorId: visitorOf(n) };
  return (await bus.ask(RecordConsent, { tenantId, ...visitor, choice })).receiptId;
}
async function everyPage(fixture: Strangers, over: object, between: () => Promise<unknown> = async () => undefined) {
  const found: Page['consents'][number][] = [];
  for (let after: string | undefined; ; ) {
    const page = await list(fixture, { ...over, after });
    found.push(...page.consents);
    if (page.next === null) return found;
    after = page.next;
    await between();
  }
}

describe('the list of consents', () => {
  it('comes newest first, in pages that repeat none and miss none while others are given', async () => {
    const fixture = await openStrangers();
    const given: string[] = [];
    for (let n = 1; n <= 5; n += 1) {
      given.unshift(await answer(fixture, n));
      fixture.clock.advanceMs(n * n * 86_400_000);
      given.unshift(await answer(fixture, n, { given: false }));
    }
    const listed = await everyPage(fixture, { limit: 3 }, () => answer(fixture, 9, { version: String(Math.random()) }));
    expect(listed.map(({ receiptId }) => receiptId)).toEqual(given);
    await fixture.service.stop();
  });
  it('names persons by pseudonyms, never by a visitor’s id, and leaves an entry of who read it', async () => {
    const fixture = await openStrangers();
    const receiptId = await answer(fixture, 1);
    const page = await list(fixture);
    expect(page).toEqual({
      next: null,
      consents: [
        {
          ...{ receiptId, purpose: 'transcripts', version: '1', textHash: 'a'.repeat(64), locale: 'es-ES' },
          ...{ method: 'click', given: true },
          ...{ at: fixture.clock.now().toISOString(), subjectId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
        },
      ],
    });
    const acts: object[] = [];
    for await (const entry of fixture.auditLog.entries(tenantId)) acts.push(entry);
    expect(acts.at(-1)).toMatchObject({ action: 'consent.list', outcome: 'done', ...by });
    await fixture.service.stop();
  });
  it('holds what was asked for alone: a purpose, an answer, a time, a person, or the person of a call', async () => {
    const fixture = await openStrangers();
    const first = await answer(fixture, 1, { purpose: 'ai-disclosure', method: 'shown' });
    const from = fixture.clock.now().toISOString();
    const second = await answer(fixture, 1);
    const to = fixture.clock.now().toISOString();
    const third = await answer(fixture, 2, { given: false });
    await fixture.call(2);
    await fixture.link(2, email('ann@example.com'));
    const of = async (over: object) => (await list(fixture, over)).consents.map(({ receiptId }) => receiptId);
    expect(await of({})).toEqual([third, second, first]);
    expect(await of({ purpose: 'ai-disclosure' })).toEqual([first]);
    expect(await of({ given: false })).toEqual([third]);
    expect(await of({ from, to })).toEqual([first]);
    expect(await of({ sessionId: uuid(2) })).toEqual([third]);
    expect(await of({ sessionId: uuid(7) })).toEqual([]);
    expect(await of({ identifiers: [{ kind: 'visitor', value: visitorOf(1) }] })).toEqual([second, first]);
    expect(await of({ identifiers: [email('ann@example.com')], sessionId: uuid(2) })).toEqual([third]);
    expect(await of({ identifiers: [{ kind: 'visitor', value: visitorOf(1) }], sessionId: uuid(2) })).toEqual([]);
    expect((await list(fixture, { identifiers: [email('bob@example.com')] })).matches).toEqual([
      { kind: 'email', subjects: 0 },
    ]);
    await fixture.service.stop();
  });
  it('holds nothing of another tenant and nobody who was erased', async () => {
    const fixture = await openStrangers();
    await answer(fixture, 1);
    await answer(fixture, 2);
    await fixture.request('erase', { kind: 'visitor', value: visitorOf(1) });
    expect((await list(fixture)).consents).toHaveLength(1);
    await expect(list(fixture, { tenantId: 'other' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await fixture.service.stop();
  });
});

describe('pages of answers', () => {
  it('put together are all answers that are wanted, each once, in their order', () => {
    const answers = fc.array(fc.record({ atMs: fc.integer({ min: 0, max: 9 }), given: fc.boolean() }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(
        answers,
        fc.integer({ min: 1, max: 4 }),
        fc.option(fc.boolean(), { nil: undefined }),
        (all, limit, given) => {
          const records = all.map((each, n) => ({ ...each, receiptId: uuid(n) }) as ListedConsent['record']);
          const pages: ListedConsent[] = [];
          for (let after: string | undefined; ; ) {
            const found = wantedOf({ subjectId: 's', records }, { given, fromMs: 0, toMs: 99, after });
            const page = newestOf(found, limit);
            const last = page.at(-1);
            if (last === undefined) break;
            pages.push(...page);
            after = placeOf(last.record);
          }
          const wanted = records.filter((record) => given === undefined || record.given === given);
          expect(pages.map(({ record }) => record)).toEqual(
            newestOf(
              wanted.map((record) => ({ subjectId: 's', record })),
              99,
            ).map(({ record }) => record),
          );
          expect(pages).toHaveLength(wanted.length);
        },
      ),
    );
  });
  it('look through a time whole and without overlap, however long it is', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (fromMs, lasting) => {
        const windows = [...windowsOf(fromMs, fromMs + lasting)];
        let end = fromMs + lasting;
        for (const window of windows) {
          expect(window.toMs).toBe(end);
          end = window.fromMs;
        }
        expect(end).toBe(fromMs);
      }),
    );
  });
});
