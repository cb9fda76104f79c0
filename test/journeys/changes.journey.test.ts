import { randomBytes, randomUUID } from 'node:crypto';
import { BlockList } from 'node:net';
import { ChangeMemberRole, EndSessionByAdmin, PutTenant, SetKillSwitch } from '@vox/contracts';
import { startEdge } from '@vox/edge-guard/service';
import { memoryStores } from '@vox/edge-guard/twins';
import { demoDraft } from '@vox/local/demo-tenant';
import { asService } from '@vox/platform/bus';
import { listen } from '@vox/platform/http';
import { silentLog } from '@vox/platform/telemetry';
import { systemClock as clock } from '@vox/platform/time';
import { settled } from '@vox/testing';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Journey, openJourney, origin } from './journey.ts';
import { type Browser, newMember } from './member.ts';

const tenantId = 'demo';
const operator = { actor: 'operator:test' };

describe('the changes of a tenant, through every service,', () => {
  let journey: Journey;
  let second: Readonly<{ url: string; close: () => Promise<void> }>;
  beforeAll(async () => {
    journey = await openJourney({ draft: { ...demoDraft, calls: 'both' } });
    await journey.bus.ask(PutTenant, { draft: { ...demoDraft, tenantId: 'rival' }, ...operator });
    second = await openSecondDoor(journey);
  });
  afterAll(async () => {
    await second.close();
    await journey.close();
  });

  async function follow(url: string, headers: Record<string, string>) {
    const page = new AbortController();
    onTestFinished(() => page.abort());
    const answer = await fetch(`${url}/api/v1/events`, { headers, signal: page.signal });
    let [text, isOver] = ['', false];
    const read = async () => {
      for await (const part of answer.body ?? []) text += Buffer.from(part).toString();
      isOver = true;
    };
    void read().catch(() => undefined);
    const told = () => [...text.matchAll(/^event: changed\ndata: (.*)$/gm)].map(([, data = '']) => JSON.parse(data));
    if (answer.status === 200) await vi.waitFor(() => expect(text).toContain('event: anew'));
    return { status: answer.status, text: () => text, told, isOver: () => isOver };
  }
  const cookieOf = ({ cookies }: Browser) => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  async function startCall(): Promise<string> {
    const answer = await fetch(`${journey.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify({ widgetKey: journey.widgetKey }),
    });
    return ((await answer.json()) as { sm_session_id: string }).sm_session_id;
  }
  const reads = async (browser: Browser) => {
    const { body } = await browser.get('/api/v1/audit?action=session.list&limit=100');
    return (body as unknown as { entries: { actor: string; data: string }[] }).entries;
  };

  it('are told to its members over every copy: ids and no words, no money and no person', async () => {
    const { browser } = await newMember(journey, 'ann@example.com', 'owner');
    const cookie = cookieOf(browser);
    const pages = [await follow(journey.url, { cookie }), await follow(second.url, { cookie })];
    const id = await startCall();
    await journey.bus.ask(EndSessionByAdmin, { tenantId, sessionId: id, ...operator });
    await journey.bus.ask(SetKillSwitch, { tenantId, engaged: true, ...operator });
    await journey.bus.ask(SetKillSwitch, { tenantId, engaged: false, ...operator });
    for (const page of pages) {
      await vi.waitFor(() => expect(page.told().length).toBeGreaterThanOrEqual(4));
      const calls = page.told().filter(({ resource }) => resource === 'calls');
      const agentId = expect.any(String);
      expect(calls).toEqual([
        { resource: 'calls', id, change: 'began', agentId },
        { resource: 'calls', id, change: 'ended' },
      ]);
      expect(page.told()).toContainEqual({ resource: 'kill-switch', id: tenantId, change: 'engaged' });
      for (const notice of page.told())
        expect(['resource', 'id', 'change', 'agentId']).toEqual(expect.arrayContaining(Object.keys(notice)));
      expect(page.text()).not.toMatch(/visitor|micros|dollar|@/);
    }
  });
  it('are never told to a member of another tenant', async () => {
    const { browser } = await newMember(journey, 'eve@example.com', 'owner', 'rival');
    const page = await follow(journey.url, { cookie: cookieOf(browser) });
    await startCall();
    await journey.bus.ask(SetKillSwitch, { tenantId: 'rival', engaged: true, ...operator });
    await vi.waitFor(() => expect(page.told().length).toBeGreaterThan(0));
    expect(page.told().filter(({ resource, id }) => resource === 'calls' || id === tenantId)).toEqual([]);
  });
  it('are told no more once somebody signs out, or another role is given to them, over any copy', async () => {
    const { browser: owner } = await newMember(journey, 'kim@example.com', 'owner');
    const { browser, memberId } = await newMember(journey, 'lee@example.com', 'privacy-officer');
    const [kim, lee] = [{ cookie: cookieOf(owner) }, { cookie: cookieOf(browser) }];
    const ofLee = [await follow(journey.url, lee), await follow(second.url, lee)];
    await journey.bus.ask(ChangeMemberRole, { tenantId, memberId, role: 'viewer', ...operator });
    for (const page of ofLee) await vi.waitFor(() => expect(page.isOver()).toBe(true));
    expect((await follow(second.url, lee)).status).toBe(401);
    const ofKim = await follow(second.url, kim);
    await owner.post('/api/auth/logout');
    await vi.waitFor(() => expect(ofKim.isOver()).toBe(true));
  });
  it('leave no entry in the audit log, and a list that is asked again for them leaves one in ten minutes', async () => {
    const { browser, memberId } = await newMember(journey, 'max@example.com', 'owner');
    const of = async () => {
      await settled(journey.bus);
      return (await reads(browser)).filter(({ actor }) => actor === `member:${memberId}`);
    };
    await follow(journey.url, { cookie: cookieOf(browser) });
    expect(await of()).toEqual([]);
    const refresh = { 'x-vox-refresh': '1' };
    const startedMs = Date.now();
    for (let n = 0; n < 6; n += 1) await browser.get('/api/v1/sessions?limit=100', refresh);
    const entries = await of();
    // The ten minutes of the clock may end while this test runs.
    expect(entries.length).toBeLessThanOrEqual(1 + Math.floor(Date.now() / 600_000) - Math.floor(startedMs / 600_000));
    expect(entries.length).toBeGreaterThan(0);
    expect(entries[0]?.data).toContain('mayRepeatUntil');
    const before = entries.length;
    await browser.get('/api/v1/sessions?limit=100&kind=console', refresh);
    expect((await of()).length).toBe(before + 1);
  });
});

/** Another copy of the door, on the same bus. */
async function openSecondDoor({ bus }: Journey) {
  const edge = await startEdge({
    ...{ bus: asService(bus, 'edge-guard'), store: memoryStores(clock), clock, expectedCopies: 2 },
    ...{ secret: randomBytes(32), proofTries: 800, verifiers: {}, loginCookieName: '__Host-tenant_session' },
    ...{ uuid: randomUUID, random: randomBytes, log: silentLog },
    settings: {
      proxies: new BlockList(),
      ipLimit: { perMinute: 1_000, burst: 0 },
      bodyBytes: 65_536,
      requestDeadlineMs: 5_000,
      requireHttps: false,
      publicOrigins: new Set<string>(),
      botProtection: true,
      providerUrl: 'https://api.openai.com',
    },
  });
  const door = await listen(edge.app, { host: '127.0.0.1', port: 0 });
  return {
    url: door.url,
    async close() {
      edge.drain();
      await door.close(0);
      await edge.stop();
    },
  };
}
