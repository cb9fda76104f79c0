import { CreateApiKey, RotateSigningKey, TokenUse } from '@vox/contracts';
import { stoppedClock } from '@vox/platform/time';
import { settled } from '@vox/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, openJourney } from './journey.ts';
import { type Browser, newMember } from './member.ts';

const lanes = 6;
const rounds = 9;
const roundMs = 600_000;

describe('a rotation of every signing key under load', () => {
  const clock = stoppedClock('2026-05-05T12:00:00.000Z');
  let journey: Journey;
  let member: Browser;
  let apiKey: string;
  beforeAll(async () => {
    const wide = { sessionStartsPerMinute: 10_000, openSessions: 10_000, requestsPerMinute: 100_000, burst: 100_000 };
    journey = await openJourney({ clock, limits: { ...wide, openSessionsPerPerson: 10_000 }, ipPerMinute: 1_000_000 });
    member = (await newMember(journey, 'ann@example.com')).browser;
    const wish = { tenantId: 'demo', label: 'ci', env: 'dev', actor: 'operator:test' } as const;
    apiKey = (await journey.bus.ask(CreateApiKey, { ...wish, scopes: ['checklist:read'] })).apiKey;
  }, 30_000);
  afterAll(() => journey.close());

  const kids = new Set<string>();
  const kidOf = (jwt: string): string => JSON.parse(Buffer.from(jwt.split('.')[0] ?? '', 'base64url').toString()).kid;
  const statuses = new Map<string, number>();
  const count = (what: string, status: number) =>
    statuses.set(`${what} ${status}`, (statuses.get(`${what} ${status}`) ?? 0) + 1);

  async function said(what: string, path: string, init: RequestInit = {}): Promise<Record<string, string>> {
    const answer = await fetch(journey.url + path, init);
    count(what, answer.status);
    return (await answer.json()) as Record<string, string>;
  }
  const post = (token: string, body: object): RequestInit => ({
    method: 'POST',
    headers: { origin: journey.origin, 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  /** What a visitor, a member and a machine do, each with a token that another key may have signed by now. */
  async function visit(): Promise<void> {
    const origin = { headers: { origin: journey.origin } };
    const page = await said('bootstrap', `/api/public/widget/bootstrap?key=${journey.widgetKey}`, origin);
    const { widgetSessionToken = '' } = page;
    kids.add(kidOf(widgetSessionToken));
    const call = await said('session', '/api/session', post(widgetSessionToken, {}));
    const { session_token = '', sm_session_id } = call;
    kids.add(kidOf(session_token));
    await said('heartbeat', '/api/heartbeat', post(session_token, { sm_session_id }));
    await said('end', '/api/session/end', post(session_token, { sm_session_id, reason: 'client' }));
  }
  const manage = async (): Promise<void> => {
    count('login', (await member.get('/api/auth/session')).status);
    await said('API key', '/api/v1/checklist', {
      headers: { authorization: `Bearer ${apiKey}` },
    });
  };

  it('refuses no request of a visitor, a member or a machine, before, while and after new keys sign', async () => {
    for (let round = 0; round < rounds; round += 1) {
      let isOver = false;
      const lane = async (work: () => Promise<void>): Promise<void> => {
        do await work();
        while (!isOver);
      };
      const working = [...Array.from({ length: lanes }, () => lane(visit)), lane(manage)];
      const acting = { actor: 'operator:test' };
      if (round % 4 === 1)
        for (const use of TokenUse.options) await journey.bus.ask(RotateSigningKey, { use, ...acting });
      // Past the moment at which a new key begins to sign, with requests under way.
      clock.advanceMs(6_000);
      await new Promise((resolve) => setTimeout(resolve, 50));
      isOver = true;
      await Promise.all(working);
      await settled(journey.bus);
      clock.advanceMs(roundMs);
    }
    const kinds = ['API key', 'bootstrap', 'end', 'heartbeat', 'login', 'session'];
    expect([...statuses.keys()].sort()).toEqual(kinds.map((kind) => `${kind} 200`));
    expect(statuses.get('session 200')).toBeGreaterThan(lanes * rounds - 1);
    // Visitors’ tokens and calls’ tokens, each under at least two keys.
    expect(kids.size).toBeGreaterThanOrEqual(4);
  }, 60_000);
});
