import { randomUUID } from 'node:crypto';
import {
  Acted,
  BotFlagged,
  CloseIncident,
  type Fact,
  type FactKind,
  ListAudit,
  ListIncidents,
  makeFact,
  NoteIncident,
  OpenIncident,
  PlaceHold,
  PolicyDocument,
  ReportDoubted,
  RequestRefused,
  ShowIncident,
} from '@vox/contracts';
import { settled, somePolicy } from '@vox/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { onTwins } from '../../compliance.fixture.ts';
import { startCompliance } from '../../service.ts';
import { thresholds } from '../decide/signal.ts';

const tenantId = 'acme';
const by = { actor: 'operator:test', reason: 'we saw it', requestId: 'r1' };
const hourMs = 3_600_000;

describe('an incident', () => {
  let twins: ReturnType<typeof onTwins>;
  let service: Awaited<ReturnType<typeof startCompliance>>;
  beforeEach(async () => {
    twins = onTwins();
    await twins.bus.documents(PolicyDocument).put(tenantId, somePolicy());
    service = await startCompliance(twins);
  });
  afterEach(() => service.stop());

  const open = (over: object = {}) =>
    twins.bus.ask(OpenIncident, { tenantId, title: 'a lost laptop', note: 'its disk was sealed', ...by, ...over });
  const show = (incidentId: string) => twins.bus.ask(ShowIncident, { tenantId, incidentId });
  const list = (over: object = {}) => twins.bus.ask(ListIncidents, { tenantId, ...over });
  const note = (incidentId: string, over: object) =>
    twins.bus.ask(NoteIncident, { tenantId, incidentId, ...by, requestId: randomUUID(), ...over });
  const close = (incidentId: string, over: object) =>
    twins.bus.ask(CloseIncident, { tenantId, incidentId, outcome: 'no-breach' as const, ...by, ...over });
  const acts = async () =>
    (await twins.bus.ask(ListAudit, { tenantId, ...by })).entries
      .filter(({ action }) => action.startsWith('incident.'))
      .map(({ action, outcome }) => `${action} ${outcome}`);

  it('is due 72 hours after somebody became aware of it, warned of a day before and once more when that is past', async () => {
    const awareAt = new Date(twins.clock.now().getTime() - 10 * hourMs).toISOString();
    const { incidentId, dueAt } = await open({ awareAt });
    expect(Date.parse(dueAt) - Date.parse(awareAt)).toBe(72 * hourMs);
    const steps = [37, 2, 24, 1];
    const states: string[] = [];
    for (const hours of steps) {
      twins.clock.advanceMs(hours * hourMs);
      for (let twice = 0; twice < 2; twice += 1) await service.workOnRequests();
      states.push((await show(incidentId)).deadline);
    }
    await settled(twins.bus);
    expect(states).toEqual(['running', 'running', 'missed', 'missed']);
    expect(await acts()).toEqual(['incident.open done', 'incident.warn done', 'incident.miss done']);
    expect((await list({ overdue: true })).incidents.map((each) => each.incidentId)).toEqual([incidentId]);
  });
  it('keeps its deadline once the authority was told in time, and is warned of no more', async () => {
    const { incidentId } = await open();
    const authorityToldAt = twins.clock.now().toISOString();
    expect(await note(incidentId, { risk: 'risk', persons: 12, authorityToldAt })).toMatchObject({
      ...{ deadline: 'kept', risk: 'risk', persons: 12, authorityToldAt, state: 'open' },
    });
    twins.clock.advanceMs(100 * hourMs);
    await service.workOnRequests();
    await settled(twins.bus);
    expect(await acts()).toEqual(['incident.open done', 'incident.note done']);
    expect((await list({ overdue: true })).incidents).toEqual([]);
  });
  it('was told late where the authority was told after 72 hours', async () => {
    const { incidentId } = await open();
    twins.clock.advanceMs(73 * hourMs);
    const told = await note(incidentId, { authorityToldAt: twins.clock.now().toISOString() });
    expect(told.deadline).toBe('missed');
  });
  it('tells on its timeline who did what and when, and takes the same request once', async () => {
    const { incidentId } = await open({ incidentId: '00000000-0000-4000-8000-000000000001' });
    expect(await open({ incidentId, title: 'another title' })).toMatchObject({ title: 'a lost laptop' });
    for (let twice = 0; twice < 2; twice += 1) await note(incidentId, { note: 'found', risk: 'none', requestId: 'n1' });
    const { timeline, risk } = await close(incidentId, { outcome: 'no-risk' });
    expect(timeline.map(({ step, text }) => `${step} ${text}`)).toEqual([
      'opened its disk was sealed',
      'note found',
      'risk none',
      'closed no-risk: we saw it',
    ]);
    expect(risk).toBe('none');
    expect(new Set(timeline.map(({ actor }) => actor))).toEqual(new Set(['operator:test']));
    await settled(twins.bus);
    expect(await acts()).toEqual(['incident.open done', 'incident.note done', 'incident.close done']);
  });
  it('is not closed as told without the time, nor as harmless while a risk is noted, and once closed it stays', async () => {
    const { incidentId } = await open({ risk: 'high' });
    const refused = (path: string) => ({ code: 'INVALID_REQUEST', answer: { issues: [{ path }] } });
    await expect(close(incidentId, { outcome: 'authority-told' })).rejects.toMatchObject(refused('authorityToldAt'));
    await expect(close(incidentId, { outcome: 'no-risk' })).rejects.toMatchObject(refused('outcome'));
    const soon = new Date(twins.clock.now().getTime() + 1_000).toISOString();
    await expect(note(incidentId, { personsToldAt: soon })).rejects.toMatchObject(refused('personsToldAt'));
    const closed = await close(incidentId, { outcome: 'no-breach' });
    expect(await close(incidentId, { outcome: 'no-breach' })).toEqual(closed);
    await expect(close(incidentId, { outcome: 'no-risk' })).rejects.toMatchObject(refused('outcome'));
    await expect(note(incidentId, { note: 'more' })).rejects.toMatchObject(refused('incidentId'));
  });
  it('of another tenant is not found', async () => {
    const { incidentId } = await open();
    await twins.bus.documents(PolicyDocument).put('other', { ...somePolicy(), tenantId: 'other' });
    const elsewhere = twins.bus.ask(ShowIncident, { tenantId: 'other', incidentId });
    await expect(elsewhere).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await twins.bus.ask(ListIncidents, { tenantId: 'other' })).incidents).toEqual([]);
  });
  it('stands in the register in the order of deadlines, in pages that miss none', async () => {
    const dues: string[] = [];
    for (const hours of [5, 1, 3, 4, 2])
      dues.push((await open({ awareAt: new Date(twins.clock.now().getTime() - hours * hourMs).toISOString() })).dueAt);
    const found: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await list({ limit: 2, ...(after !== undefined && { after }) });
      found.push(...page.incidents.map(({ dueAt }) => dueAt));
      if (page.next === null) break;
      after = page.next;
    }
    expect(found).toEqual(dues.toSorted());
  });
  it('leaves the register once it is closed for as long as the audit log is kept, unless the tenant is held', async () => {
    const { incidentId } = await open();
    await close(incidentId, {});
    await open();
    twins.clock.advanceMs(2_191 * 24 * hourMs);
    const { holdId } = await twins.bus.ask(PlaceHold, { tenantId, scope: { kind: 'tenant' }, ...by });
    await service.sweepRetention();
    expect((await list()).incidents).toHaveLength(2);
    await twins.holds.remove(`${tenantId}/${holdId}`);
    await service.sweepRetention();
    expect((await list()).incidents.map((each) => each.state)).toEqual(['open']);
  });

  const at = () => twins.clock.now();
  const tell = async <K extends FactKind>(kind: K, id: string, data: Fact<K>['data']) => {
    await twins.bus.publish(kind, makeFact(kind, { id, source: kind.publishers[0] ?? '', at: at() }, data));
  };
  const span = () => ({ firstAt: at().toISOString(), lastAt: at().toISOString() });
  const refuse = (id: string, code: string, count: number, whose = tenantId) =>
    tell(RequestRefused, id, { tenantId: whose, code, route: '/api/session', count, ...span() });
  const sessionId = '00000000-0000-4000-8000-000000000009';
  const amount = { tokens: 1, micros: 1, seconds: 1 };
  const signs: Readonly<Record<string, (id: string) => Promise<void>>> = {
    'guessed-credentials': (id) => refuse(id, 'INVALID_OTP', 100),
    'refused-acts': (id) =>
      tell(Acted, id, { tenantId, actor: 'member:x', action: 'key.revoke', target: 'key:x', outcome: 'refused' }),
    'unchecked-bots': (id) => tell(BotFlagged, id, { tenantId, verifier: 'turnstile', cause: 'timeout' }),
    'forged-reports': (id) =>
      tell(ReportDoubted, id, { tenantId, sessionId, why: 'impossible', believed: amount, claimed: amount }),
  };

  it.each(Object.keys(thresholds) as (keyof typeof thresholds)[])(
    'is opened by %s once a day when an hour has reached the threshold, and not before',
    async (signal) => {
      const facts = signal === 'guessed-credentials' ? thresholds[signal] / 100 : thresholds[signal];
      const sign = signs[signal] as (id: string) => Promise<void>;
      for (let n = 1; n < facts; n += 1) await sign(`a${n}`);
      await settled(twins.bus);
      expect((await list()).incidents).toEqual([]);
      for (const id of ['a0', 'b0', 'b1']) await sign(id);
      await settled(twins.bus);
      const { incidents } = await list();
      expect(incidents).toMatchObject([{ signal, openedBy: 'service:compliance', deadline: 'running' }]);
    },
    20_000,
  );
  it('is opened neither by as many signs in two hours, nor by what is everyday life, nor by what concerns no tenant', async () => {
    await refuse('a', 'RATE_LIMIT_EXCEEDED', 100_000);
    await refuse('b', 'INVALID_OTP', 999);
    twins.clock.advanceMs(hourMs);
    await refuse('c', 'INVALID_OTP', 999);
    await refuse('d', 'INVALID_OTP', 100_000, '_platform');
    const claimed = { believed: amount, claimed: amount };
    for (let n = 0; n < 20; n += 1)
      await tell(ReportDoubted, `e${n}`, { tenantId, sessionId, why: 'too-much', ...claimed });
    await settled(twins.bus);
    expect((await list()).incidents).toEqual([]);
  });
  it('counts a fact that is delivered twice once', async () => {
    const { countSign } = await import('./count-sign.ts');
    const seen = { tenantId, signal: 'guessed-credentials', weight: 600, factId: 'f1', atMs: at().getTime() } as const;
    for (let twice = 0; twice < 2; twice += 1) await countSign(twins, seen);
    expect((await list()).incidents).toEqual([]);
    for (let twice = 0; twice < 2; twice += 1) await countSign(twins, { ...seen, factId: 'f2' });
    expect((await list()).incidents).toHaveLength(1);
  });
  it('leaves nothing of what was written about it in a fact or in the audit log', async () => {
    const { incidentId } = await open({ title: 'canary-title', note: 'canary-note' });
    await note(incidentId, { note: 'canary-more' });
    await close(incidentId, {});
    await settled(twins.bus);
    const { entries } = await twins.bus.ask(ListAudit, { tenantId, ...by });
    expect(entries.filter(({ action }) => action.startsWith('incident.'))).toHaveLength(3);
    expect(JSON.stringify(entries)).not.toContain('canary');
  });
});
