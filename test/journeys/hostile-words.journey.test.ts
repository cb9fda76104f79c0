import { CreateWidgetKey, factKinds, PutTenant, ShowTenant, subjectNameOf } from '@vox/contracts';
import { demoDraft } from '@vox/local/demo-tenant';
import { hostileColours, hostileIds, hostileOrigins, hostileUrls, hostileWords, settled } from '@vox/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, openJourney, origin } from './journey.ts';

type Refusal = Readonly<{ code?: string; answer?: { issues?: readonly { path: string }[] } }>;
const [agent] = demoDraft.agents;
const tool = { type: 'function', name: 'find', description: 'Finds.', parameters: {} };
/** Whether a word holds characters that break a line. Other characters are allowed, because writers escape them. */
const isUnseen = (word: string): boolean => /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]/u.test(word);

describe('hostile words of an operator', () => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await openJourney({ ipPerMinute: 10_000 });
  });
  afterAll(() => journey.close());

  /** The fields that a command names as wrong, or none. */
  const wrongIn = async (asking: Promise<unknown>): Promise<string[]> => {
    const refused = await asking.then(
      () => undefined,
      (error: Refusal) => error,
    );
    if (refused !== undefined) expect(refused.code).toBe('INVALID_REQUEST');
    return (refused?.answer?.issues ?? []).map(({ path }) => path);
  };
  const put = (over: object) =>
    wrongIn(journey.bus.ask(PutTenant, { draft: { ...demoDraft, ...over }, actor: 'operator:test' }));
  const create = (over: object) =>
    wrongIn(
      journey.bus.ask(CreateWidgetKey, {
        ...{ tenantId: 'demo', label: 'page', origins: [origin], actor: 'operator:test' },
        ...over,
      }),
    );
  const show = async () => (await journey.bus.ask(ShowTenant, { tenantId: 'demo' })).policy;

  it('are refused as the origin of a key, and the field is named', async () => {
    for (const text of hostileOrigins)
      expect([text, await create({ origins: [origin, text] })]).toEqual([text, ['origins.1']]);
  });
  it('in an origin of another script become the form that browsers send', async () => {
    expect(await create({ origins: ['https://Bücher.example'] })).toEqual([]);
    expect((await show()).keys.at(-1)?.origins).toEqual(['https://xn--bcher-kva.example']);
  });
  it('are refused as a label, an agent id, or the name of a model, a voice or a tool', async () => {
    for (const text of hostileIds.filter((id) => id !== '__proto__' && id !== 'constructor')) {
      expect([text, await create({ label: text })]).toEqual([text, ['label']]);
      expect([text, await put({ agents: [{ ...agent, agentId: text }] })]).toEqual([text, ['agents.0.agentId']]);
    }
    for (const text of hostileWords.filter((word) => !/^[\w-]+$/.test(word))) {
      expect([text, await put({ agents: [{ ...agent, models: [text] }] })]).toEqual([text, ['agents.0.models.0']]);
      expect([text, await put({ agents: [{ ...agent, voices: [text] }] })]).toEqual([text, ['agents.0.voices.0']]);
      const tools = [{ ...tool, name: text }];
      expect([text, await put({ agents: [{ ...agent, tools }] })]).toEqual([text, ['agents.0.tools.0.name']]);
    }
  });
  it('are refused as a colour and as the address of a picture', async () => {
    for (const text of hostileColours)
      expect([text, await put({ branding: { primaryColor: text } })]).toEqual([text, ['branding.primaryColor']]);
    for (const text of hostileUrls) {
      const branding = { primaryColor: '#0b5fff', logoUrl: text };
      expect([text, await put({ branding })]).toEqual([text, ['branding.logoUrl']]);
    }
    const branding = { primaryColor: '#0b5fff', logoUrl: "https://a.example/\"><b onx='1'> ü.png" };
    expect(await put({ branding })).toEqual([]);
    expect((await show()).branding.logoUrl).toMatch(/^https:\/\/a\.example\/[!-~]+$/);
    expect((await show()).branding.logoUrl).not.toMatch(/["<> ]/);
  });
  it.each(['displayName', 'disclosure'])(
    'in %s are refused when they are invisible, and else come out unchanged',
    async (field) => {
      for (const word of hostileWords) {
        // A text of several lines may hold line ends and tabs.
        const isRefused = isUnseen(field === 'disclosure' ? word.replace(/[\n\r\t\u2028\u202e\u2066]/g, '') : word);
        expect([word, await put({ [field]: word })]).toEqual([word, isRefused ? [field] : []]);
        if (isRefused) continue;
        expect((await show())[field as 'disclosure']).toBe(word);
        const path = `/api/public/widget/bootstrap?key=${journey.widgetKey}`;
        const boot = await fetch(journey.url + path, { headers: { origin } });
        const text = await boot.text();
        if (field === 'disclosure') expect(JSON.parse(text).disclosure).toBe(word);
        expect(boot.headers.get('content-type')).toBe('application/json; charset=utf-8');
        expect(boot.headers.get('set-cookie')).toBeNull();
        const named = encodeURIComponent(word.toWellFormed());
        const page = `/widget?key=${journey.widgetKey}&origin=${encodeURIComponent(origin)}&displayName=${named}`;
        const html = await (await fetch(journey.url + page)).text();
        expect(html.match(/%[A-Z]+%|<script/g)).toEqual(['<script']);
      }
    },
  );
  it('stand in no subject name of a fact', async () => {
    await settled(journey.bus);
    const names = journey.bus.published().map((fact) => {
      const kind = factKinds.find(({ name }) => fact.type.startsWith(`${name}.v`));
      return kind === undefined ? '' : subjectNameOf(kind, fact);
    });
    expect(names.length).toBeGreaterThan(20);
    for (const name of names) expect(name).toMatch(/^vox\.[a-z-]+\.[a-z-]+\.[a-z0-9_-]+(\.[0-9a-f-]{36})?$/);
  });
});
