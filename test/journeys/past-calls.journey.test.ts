import { ListAudit, SessionEnded } from '@vox/contracts';
import { stoppedClock } from '@vox/platform/time';
import { settled } from '@vox/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, openJourney } from './journey.ts';
import { type Browser, newMember } from './member.ts';
import { voxOn } from './vox-operations.ts';

type Row = Readonly<{ sessionId: string; endReason: string; endedAt: string }>;
type Page = Readonly<{ sessions: readonly Row[]; next: string | null }>;

describe('calls that are over, through every service', () => {
  const clock = stoppedClock('2026-05-05T12:00:00.000Z');
  let journey: Journey;
  let ann: Browser;
  beforeAll(async () => {
    journey = await openJourney({ clock, limits: { openSessions: 20, sessionStartsPerMinute: 100 } });
    ann = (await newMember(journey, 'ann@example.com', 'viewer')).browser;
  });
  afterAll(() => journey.close());

  const post = async (path: string, body: object, token?: string): Promise<Record<string, string>> => {
    const headers = {
      ...{ 'content-type': 'application/json', origin: journey.origin },
      ...(token && { authorization: `Bearer ${token}` }),
    };
    const answer = await fetch(journey.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await answer.json()) as Record<string, string>;
  };
  /** A visitor's call that lives for some seconds, and ends as its page says. */
  async function callOver(seconds: number): Promise<string> {
    const { id = '', session_token } = await post('/api/session', { widgetKey: journey.widgetKey });
    await post('/api/heartbeat', { sm_session_id: id }, session_token);
    clock.advanceMs(seconds * 1_000);
    const used = { responseId: 'r1', text_in: 0, text_out: 0, audio_in: 1_000, audio_out: 500 };
    await post('/api/usage/report', { sm_session_id: id, ...used }, session_token);
    await post('/api/session/end', { sm_session_id: id }, session_token);
    await settled(journey.bus);
    return id;
  }
  const list = async (search = ''): Promise<Page> =>
    (await ann.get(`/api/v1/sessions/ended${search}`)).body as unknown as Page;
  const ids = async (search: string) => (await list(search)).sessions.map(({ sessionId }) => sessionId);

  it('are listed the last to end first, with how long they lasted, why they ended and what they cost', async () => {
    const [one, two] = [await callOver(20), await callOver(5)];
    const { sessions, next } = await list();
    expect(next).toBeNull();
    expect(sessions).toEqual([
      expect.objectContaining({ sessionId: two, connectedSeconds: 5 }),
      {
        ...{ sessionId: one, kind: 'widget', widgetKey: journey.widgetKey, agentId: 'guide' },
        ...{ startedAt: '2026-05-05T12:00:00.000Z', endedAt: '2026-05-05T12:00:20.000Z' },
        ...{ endReason: 'client', connectedSeconds: 20 },
        used: { tokens: 1_500, micros: 64_000, seconds: 20 },
      },
    ]);
    expect(JSON.stringify(sessions)).not.toMatch(/v_[A-Za-z0-9_-]{22}|subject|visitor/);
  });
  it('are found by agent, key, end and time, and by nothing that is no such thing', async () => {
    const all = await ids('');
    expect(await ids(`?agentId=guide&widgetKey=${journey.widgetKey}&endReason=client`)).toEqual(all);
    expect(await ids('?endReason=idle')).toEqual([]);
    expect(await ids('?agentId=nobody')).toEqual([]);
    expect(await ids('?to=2026-05-05T12:00:21.000Z')).toEqual(all.slice(1));
    expect(await ids('?from=2026-05-05T12:00:20.000Z&to=2026-05-05T12:00:25.000Z')).toEqual(all.slice(1));
    for (const [search, path] of [
      ['endReason=x', 'endReason'],
      ['after=x', 'after'],
      ['limit=201', 'limit'],
      ['from=soon', 'from'],
      ['state=ended', '\\(whole\\)'],
    ] as const)
      expect((await ann.get(`/api/v1/sessions/ended?${search}`)).body).toMatchObject({
        ...{ code: 'INVALID_REQUEST', issues: [{ path: expect.stringMatching(new RegExp(`^${path}$`)) }] },
      });
  });
  it('come page by page, each once, while others end', async () => {
    const before = await ids('');
    const read: string[] = [];
    for (let search = '?limit=1'; ; ) {
      const { sessions, next } = await list(search);
      read.push(...sessions.map(({ sessionId }) => sessionId));
      if (next === null) break;
      search = `?limit=1&after=${encodeURIComponent(next)}`;
      await callOver(1);
    }
    expect(read).toEqual(before);
    expect((await ids('')).length).toBeGreaterThan(before.length);
  });
  it('leave an entry in the audit log for each page, and are another tenant’s and no live call’s', async () => {
    const asked = { tenantId: 'demo', actor: 'operator:test', filter: { action: 'session.list' } };
    const entriesOf = async () => (await journey.bus.ask(ListAudit, asked)).entries.length;
    const before = await entriesOf();
    await list();
    expect(await entriesOf()).toBe(before + 1);
    const { id = '' } = await post('/api/session', { widgetKey: journey.widgetKey });
    await settled(journey.bus);
    expect(await ids('')).not.toContain(id);
    const live = (await ann.get('/api/v1/sessions')).body as unknown as Page;
    expect(live.sessions.map(({ sessionId }) => sessionId)).toEqual([id]);
    expect((await fetch(`${journey.url}/api/v1/sessions/ended`)).status).toBe(401);
  });
  it('are shown by vox to the operator of the installation, as many as were asked for', async () => {
    const all = await ids('');
    const over = ['sessions', '--ended', '--tenant', 'demo'];
    const { said } = await voxOn(journey.bus, over);
    expect((said as Row[]).map(({ sessionId }) => sessionId)).toEqual(all);
    expect((await voxOn(journey.bus, [...over, '--limit', '1', '--end-reason', 'client'])).said).toMatchObject([
      { tenantId: 'demo', sessionId: all[0] },
    ]);
    expect((await voxOn(journey.bus, [...over, '--to', '2026-05-05'])).said).toEqual([]);
    const ofTenant = await voxOn(journey.bus, ['session', 'list', 'demo', '--ended', '--limit', '2']);
    expect((ofTenant.said as Row[]).map(({ sessionId }) => sessionId)).toEqual(all.slice(0, 2));
  });
  it('say on their timeline what the edge looked at before it let them pass', async () => {
    const [last] = await ids('');
    const { timeline, state } = (await ann.get(`/api/v1/sessions/${last}`)).body as unknown as {
      timeline: readonly Readonly<{ what: string; details: object }>[];
      state: string;
    };
    expect(state).toBe('ended');
    expect(timeline.find(({ what }) => what === 'requested')?.details).toMatchObject({
      passed: expect.stringMatching(/^address-limit, user-limit, origin/),
    });
    expect(journey.bus.published().filter(({ type }) => type === `${SessionEnded.name}.v1`).length).toBeGreaterThan(2);
  });
});
