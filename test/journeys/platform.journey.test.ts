import { consumers, platform, SessionEnded, serviceNames } from '@vox/contracts';
import { settled } from '@vox/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ask, askAs, operations as o } from './console/modules.ts';
import { type Journey, openJourney } from './journey.ts';
import { codesTo, newMember } from './member.ts';
import { voxOf } from './vox-http.ts';

type Member = Awaited<ReturnType<typeof newMember>>;
/** Words that stand in a message that no handler can take. */
const canary = 'canary-words-7c2';

describe('the platform, as its operator sees it on the screen of the console', () => {
  let journey: Journey;
  let operator: Member;
  let owner: Member;
  let addresses: string[] = [];
  beforeAll(async () => {
    journey = await openJourney({ copies: 2 });
    operator = await newMember(journey, 'op@example.com', 'platform-operator', platform);
    owner = await newMember(journey, 'olivia@example.com', 'owner');
  }, 30_000);
  afterAll(() => journey.close());
  beforeEach(() => {
    addresses = askAs(operator, 'platform-operator', platform, journey);
  });
  afterEach(() => vi.unstubAllGlobals());

  it('has every service with its copy and its version, its consumers and breakers, and no dead letter', async () => {
    const { kind, body } = await ask(o.showPlatform);
    expect(kind).toBe('answered');
    expect(body.services.map(({ service }: { service: string }) => service)).toEqual(serviceNames);
    for (const { copies } of body.services)
      expect(copies).toMatchObject([{ copy: expect.stringMatching(/:\d+$/), state: 'working', dependencies: [] }]);
    expect(body.versions).toHaveLength(1);
    expect(body).toMatchObject({ upgradeNext: null, deadLetters: [] });
    const known = body.consumers.map(
      (each: { consumer: string; service: string }) => `${each.service} ${each.consumer}`,
    );
    const heard = Object.values(consumers).map(({ service, name }) => `${service} ${name}`);
    expect(known.toSorted()).toEqual(heard.toSorted());
    const breakersOf = (service: string) =>
      body.services.find((each: { service: string }) => each.service === service).copies[0].breakers;
    expect(breakersOf('session-broker')).toContainEqual({ breaker: 'openai', isOpen: false });
    expect(breakersOf('edge-guard')).toEqual([{ breaker: 'redis', isOpen: false }]);
    expect(breakersOf('quota')).toEqual([]);
  });
  it('has findings of the policies in force, as doctor tells them', async () => {
    const { body } = await ask(o.showPlatform);
    expect(body.findings).toContainEqual({
      ...{ rule: expect.any(String), severity: expect.any(String), tenants: 1, more: 0, model: null, endsAt: null },
      named: [expect.stringMatching(/^demo/)],
    });
  });
  it('has dead letters, without their words, that are delivered again or dropped for a reason', async () => {
    const name = `${SessionEnded.name}.demo.00000000-0000-4000-8000-000000000001`;
    journey.bus.inject(name, new TextEncoder().encode(JSON.stringify({ text: canary })));
    await settled(journey.bus);
    const { deadLetters } = (await ask(o.showPlatform)).body;
    expect(deadLetters).toContainEqual({ consumer: 'quota-ends', letters: 1 });
    const list = async (consumer: string) => (await ask(o.listDeadLetters, { consumer, limit: 25 })).body;
    const { letters, next } = await list('quota-ends');
    expect([letters, next]).toEqual([[expect.objectContaining({ service: 'quota', tenantId: 'demo' })], null]);
    const [{ letter, fact, cause }] = letters;
    expect([fact, cause]).toEqual([SessionEnded.name, expect.any(String)]);
    const all = (await ask(o.listDeadLetters, { limit: 50 })).body;
    expect(all.letters.length).toBeGreaterThan(1);
    expect(JSON.stringify([letters, all])).not.toContain(canary);
    const reason = 'its form is mended';
    expect((await ask(o.replayLetters, { letters: letter, reason })).body.letters).toMatchObject([
      { letter, outcome: 'rejected' },
    ]);
    expect(await ask(o.replayLetters, { letters: letter })).toMatchObject({
      problem: { code: 'INVALID_REQUEST', issues: [{ path: 'reason' }] },
    });
    expect(await ask(o.dropLetters, { letters: 'x', reason })).toMatchObject({
      problem: { code: 'INVALID_REQUEST', issues: [{ path: 'letters.0' }] },
    });
    expect((await list('quota-ends')).letters).toHaveLength(1);
    expect((await ask(o.dropLetters, { letters: letter, reason })).body).toEqual({
      letters: [{ letter, outcome: 'dropped' }],
    });
    expect((await list('quota-ends')).letters).toEqual([]);
    const { entries } = (await ask(o.listAudit, { limit: 50 })).body;
    const acts = entries.filter((each: { action: string }) => each.action.startsWith('dead-letter.'));
    const act = { actor: `member:${operator.memberId}`, reason, target: `dead-letter:${letter}` };
    expect(acts).toMatchObject([
      { ...act, action: 'dead-letter.replay' },
      { ...act, action: 'dead-letter.drop' },
    ]);
    expect(addresses.join()).not.toContain(canary);
  });
  it('is shown to nobody but operators', async () => {
    askAs(owner, 'owner', 'demo', journey);
    for (const [operation, fields] of [
      [o.showPlatform, {}],
      [o.listDeadLetters, {}],
      [o.replayLetters, { letters: 1, reason: 'x' }],
      [o.dropLetters, { letters: 1, reason: 'x' }],
    ])
      expect(await ask(operation, fields)).toMatchObject({ problem: { code: 'FORBIDDEN' } });
  });
  it('shows one letter by its place, and none that is not there', async () => {
    const name = `${SessionEnded.name}.demo.00000000-0000-4000-8000-000000000002`;
    journey.bus.inject(name, new TextEncoder().encode('{}'));
    await settled(journey.bus);
    const { letters } = (await ask(o.listDeadLetters, { limit: 50 })).body;
    const path = '/api/v1/platform/dead-letters';
    const one = await operator.browser.get(`${path}/${letters[0].letter}`);
    expect([one.status, one.body]).toEqual([200, { ...letters[0], stream: 'VOX_CALLS', sequence: expect.any(Number) }]);
    expect((await operator.browser.get(`${path}/999999`)).status).toBe(404);
    expect((await operator.browser.get(`${path}/none`)).status).toBe(400);
  });
  it('has dead letters that `vox dead` drops by their numbers, with the login of the operator', async () => {
    const vox = voxOf();
    onTestFinished(vox.close);
    const codes = codesTo(journey, 'op@example.com');
    // Codes that were mailed before are used up.
    await codes.next();
    vox.sits(async (text) => (text.includes('address') ? 'op@example.com' : codes.next()));
    expect((await vox.run('login', journey.url)).sentences).toEqual([]);
    const { letters } = (await ask(o.listDeadLetters, { limit: 50 })).body;
    const places = letters.slice(0, 2).map(({ letter }: { letter: number }) => letter);
    const dropped = await vox.run('dead', 'drop', ...places.map(String), '--reason', 'a test');
    expect(dropped).toMatchObject({
      sentences: [],
      said: places.map((letter: number) => ({ letter, outcome: 'dropped' })),
    });
    expect((await ask(o.listDeadLetters, { limit: 50 })).body.letters).toEqual(letters.slice(2));
    expect((await vox.run('dead', 'list')).sentences).toEqual([expect.stringMatching(/works over the bus only/)]);
  }, 20_000);
});
