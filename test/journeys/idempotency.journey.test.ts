import { CreateWidgetKey, LeaseSigningKey } from '@vox/contracts';
import { tokenSigner, WidgetToken } from '@vox/platform/crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, openJourney, origin } from './journey.ts';
import { loginTokens } from './login-token.ts';

const second = 'https://second.example';
type Answer = Readonly<{ status: number; body: Record<string, never> }>;

describe('an Idempotency-Key', () => {
  let journey: Journey;
  let wide: string;
  beforeAll(async () => {
    const many = 1_000_000_000;
    const limits = {
      ...{ openSessionsPerPerson: 500, openSessions: 500, sessionStartsPerMinute: 500 },
      ...{ tokensPerDay: many, microsPerDay: many, secondsPerDay: null },
    };
    journey = await openJourney({ limits, ipPerMinute: 10_000 });
    const asked = { tenantId: 'demo', label: 'wide', origins: [origin, second], actor: 'test' };
    ({ widgetKey: wide } = await journey.bus.ask(CreateWidgetKey, asked));
  });
  afterAll(() => journey.close());

  async function start(key: string, headers: Record<string, string>, body: object = {}): Promise<Answer> {
    const sent = { 'content-type': 'application/json', 'idempotency-key': key, ...headers };
    const init = { method: 'POST', headers: sent, body: JSON.stringify(body) };
    const answer = await fetch(`${journey.url}/api/session`, init);
    return { status: answer.status, body: (await answer.json()) as Answer['body'] };
  }
  async function visitor(widgetKey = journey.widgetKey, from = origin): Promise<Record<string, string>> {
    const path = `/api/public/widget/bootstrap?key=${widgetKey}`;
    const answer = await fetch(journey.url + path, { headers: { origin: from } });
    const { widgetSessionToken } = (await answer.json()) as Record<string, string>;
    return { origin: from, authorization: `Bearer ${widgetSessionToken}` };
  }
  const secretOf = ({ status, body }: Answer): string => {
    expect([status, body]).toEqual([200, expect.anything()]);
    return (body.client_secret as unknown as { value: string }).value;
  };

  it('gives one visitor the same call again', async () => {
    const one = await visitor();
    expect(secretOf(await start('again', one))).toBe(secretOf(await start('again', one)));
  });
  it('of one visitor gives nothing to another at the same address, whatever both bodies say', async () => {
    const { widgetKey } = journey;
    for (const [at, body] of [{}, { widgetKey }, { widgetKey, tenantId: 'demo' }].entries()) {
      const [one, other] = [await visitor(), await visitor()];
      const secrets = [
        secretOf(await start(`shared-${at}`, one, body)),
        secretOf(await start(`shared-${at}`, other, body)),
        secretOf(await start(`shared-${at}`, { origin }, { widgetKey, ...body })),
      ];
      expect(new Set(secrets).size).toBe(3);
    }
  });
  it('belongs to the page, the widget key and the address of a visitor without a token', async () => {
    const bare = (widgetKey: string, from: string) => start('bare', { origin: from }, { widgetKey });
    const secrets = [
      secretOf(await bare(journey.widgetKey, origin)),
      secretOf(await bare(wide, origin)),
      secretOf(await bare(wide, second)),
    ];
    expect(new Set(secrets).size).toBe(3);
    expect(secretOf(await bare(wide, second))).toBe(secrets[2]);
  });
  it('belongs to the origin of a token, when one visitor holds tokens of two', async () => {
    const sign = await tokenSigner(WidgetToken, await journey.bus.ask(LeaseSigningKey.widget, {}));
    const held = async (from: string) => {
      const stamp = { id: `held-${from}`, subject: `v_${'x'.repeat(22)}`, now: new Date(), lifeSeconds: 300 };
      const token = await sign({ tenantId: 'demo', widgetKey: wide, origin: from }, stamp);
      return { origin: from, authorization: `Bearer ${token}` };
    };
    const secrets = [
      secretOf(await start('pages', await held(origin))),
      secretOf(await start('pages', await held(second))),
    ];
    expect(new Set(secrets).size).toBe(2);
  });
  it('of a console user is that user’s alone', async () => {
    const tokens = await loginTokens(journey.bus);
    const login = async () => ({ cookie: `tenant_session=${(await tokens()).token}`, origin: journey.url });
    const [ann, bob] = [await login(), await login()];
    const secrets = [secretOf(await start('console', ann)), secretOf(await start('console', bob))];
    expect(new Set(secrets).size).toBe(2);
    expect(secretOf(await start('console', ann))).toBe(secrets[0]);
  });
});
