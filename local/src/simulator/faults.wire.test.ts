import { APIConnectionError, APIConnectionTimeoutError } from 'openai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openProvider, type Provider, session, someOffer, watchCall } from './provider.fixture.ts';

let at: Provider;
beforeEach(async () => {
  at = await openProvider();
});
afterEach(() => at.close());

const arm = async (route: string, fault: object, times = 1) =>
  expect((await at.say('POST', '/faults', { route, fault, times })).status).toBe(200);
const begin = (timeout = 2_000) => at.client.realtime.calls.create({ sdp: someOffer(), session }, { timeout });
const open = () => at.provider.calls.books().filter(({ endedAt }) => endedAt === undefined);

describe('the making of a call', () => {
  it.each([
    ['reset', APIConnectionError],
    ['hang', APIConnectionTimeoutError],
  ])('can lose its answer after the call exists (%s)', async (how, thrown) => {
    await arm('calls', { kind: 'lost', how });
    await expect(begin(300)).rejects.toBeInstanceOf(thrown);
    expect(open()).toHaveLength(1);
  });
  it('can name a place at another host, or none', async () => {
    await arm('calls', { kind: 'location', value: 'https://elsewhere.example/v1/realtime/calls/{id}' });
    const { headers } = await begin();
    expect(headers.get('location')).toBe(`https://elsewhere.example/v1/realtime/calls/${open()[0]?.id}`);
    await arm('calls', { kind: 'location', value: '' });
    expect((await begin()).headers.get('location')).toBeNull();
  });
  it('can be sent elsewhere, and then there is no call', async () => {
    await arm('calls', { kind: 'redirect', status: 307, to: 'https://elsewhere.example/' });
    const answer = await fetch(`${at.door.url}/v1/realtime/calls`, {
      method: 'POST',
      redirect: 'manual',
      headers: { authorization: 'Bearer sk-test', 'content-type': 'application/sdp' },
      body: someOffer(),
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([307, 'https://elsewhere.example/']);
    expect(open()).toEqual([]);
  });
  it('can fail with a body that looks like an SDP', async () => {
    await arm('calls', { kind: 'sdp', status: 500 });
    const answer = await fetch(`${at.door.url}/v1/realtime/calls?model=gpt-realtime-2.1`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk-test', 'content-type': 'application/sdp' },
      body: someOffer(),
    });
    expect([answer.status, (await answer.text()).slice(0, 3)]).toEqual([500, 'v=0']);
    expect(open()).toEqual([]);
  });
  it('fails as often as it was armed, and a client secret does not fail in its place', async () => {
    await arm('calls', { kind: 'status', status: 503 }, 2);
    expect((await at.client.realtime.clientSecrets.create({ session })).value).toMatch(/^ek_/);
    for (const _ of [1, 2]) await expect(begin()).rejects.toMatchObject({ status: 503 });
    expect((await begin()).status).toBe(201);
  });
});

describe('a hang-up', () => {
  it('can fail several times, and the call goes on meanwhile', async () => {
    const id = await at.call();
    await arm('hangup', { kind: 'status', status: 500 }, 2);
    for (const _ of [1, 2]) await expect(at.client.realtime.calls.hangup(id)).rejects.toMatchObject({ status: 500 });
    expect(open()).toHaveLength(1);
    await at.client.realtime.calls.hangup(id);
    expect(open()).toEqual([]);
  });
  it('can be done without an answer, so that the next one finds no call', async () => {
    const id = await at.call();
    await arm('hangup', { kind: 'lost' });
    await expect(at.client.realtime.calls.hangup(id)).rejects.toBeInstanceOf(APIConnectionError);
    await expect(at.client.realtime.calls.hangup(id)).rejects.toMatchObject({ status: 404 });
    expect(at.account(id).endedBy).toBe('hangup');
  });
  it('can come late', async () => {
    const id = await at.call();
    await arm('hangup', { kind: 'delay', ms: 300 });
    const started = performance.now();
    await at.client.realtime.calls.hangup(id);
    expect(performance.now() - started).toBeGreaterThan(250);
  });
});

describe('the opening of a sideband', () => {
  it('can be refused, cut and slow', async () => {
    const id = await at.call();
    await arm('sideband', { kind: 'status', status: 503 });
    await arm('sideband', { kind: 'reset' });
    await arm('sideband', { kind: 'delay', ms: 300 });
    expect((await watchCall(at, id)).status).toBe(503);
    expect((await watchCall(at, id)).status).toBe(0);
    const started = performance.now();
    expect((await watchCall(at, id)).status).toBe(101);
    expect(performance.now() - started).toBeGreaterThan(250);
  });
  it('can be for a while only, and the call goes on', async () => {
    const id = await at.call();
    await arm('sideband', { kind: 'cut', afterMs: 50 });
    await arm('sideband', { kind: 'cut', afterMs: 50, code: 1_011 });
    const [cut, closed, kept] = [await watchCall(at, id), await watchCall(at, id), await watchCall(at, id)];
    await expect.poll(cut.closedWith).toBe(1_006);
    await expect.poll(closed.closedWith).toBe(1_011);
    kept.send({ type: 'response.create' });
    await expect.poll(kept.types).toContain('response.done');
  });
  it('can be followed by nothing at all, while others hear everything', async () => {
    const id = await at.call();
    await arm('sideband', { kind: 'mute' });
    const [mute, other] = [await watchCall(at, id), await watchCall(at, id)];
    mute.send({ type: 'response.create' });
    await expect.poll(other.types).toContain('response.done');
    expect([mute.status, mute.heard]).toEqual([101, []]);
  });
});

describe('what is armed', () => {
  it('is refused where it cannot happen', async () => {
    const armed = await at.say('POST', '/faults', { route: 'hangup', fault: { kind: 'disorder' } });
    expect(armed.status).toBe(400);
    expect((await begin()).status).toBe(201);
  });
  it('is gone when a test clears it', async () => {
    await arm('calls', { kind: 'hang' }, 5);
    await arm('events', { kind: 'silence' }, 5);
    await at.say('DELETE', '/faults');
    const sideband = await watchCall(at, await at.call());
    sideband.send({ type: 'response.create' });
    await expect.poll(sideband.types).toContain('response.done');
  });
});
