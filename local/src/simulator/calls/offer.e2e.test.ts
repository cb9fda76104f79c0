import { chromiumBrowser } from '@vox/testing/browser';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openProvider, type Provider, session, watchCall } from '../provider.fixture.ts';

const browser = await chromiumBrowser(process.env);
afterAll(() => browser?.close());

/** In the page: makes an offer, and remembers what comes over the data channel. */
const offering = (withChannel: boolean): string => `(async () => {
  const peer = (window.peer = new RTCPeerConnection());
  const heard = (window.heard = []);
  peer.addTransceiver('audio');
  if (${withChannel}) peer.createDataChannel('oai-events').onmessage = ({ data }) => heard.push(JSON.parse(data).type);
  await peer.setLocalDescription(await peer.createOffer());
  return peer.localDescription.sdp;
})()`;

describe.skipIf(browser === undefined)('a call of Chromium', () => {
  let at: Provider;
  let page: Page;
  beforeEach(async () => {
    at = await openProvider();
    page = await (browser as NonNullable<typeof browser>).newPage();
    await page.goto(`${at.door.url}/simulator/state`);
  });
  afterEach(async () => {
    await page.close();
    await at.close();
  });
  const call = async (withChannel: boolean): Promise<string> => {
    const offer = (await page.evaluate(offering(withChannel))) as string;
    const answer = await at.client.realtime.calls.create({ sdp: offer, session });
    const sdp = JSON.stringify(await answer.text());
    await page.evaluate(`peer.setRemoteDescription({ type: 'answer', sdp: ${sdp} })`);
    return answer.headers.get('location')?.split('/').at(-1) ?? '';
  };

  it.each([true, false])(
    'takes the answer of a call without media as one to its offer (with a channel: %s)',
    async (has) => {
      await call(has);
      expect(await page.evaluate('peer.signalingState')).toBe('stable');
    },
  );
  it.each([
    [true, ['session.created']],
    [false, []],
  ])('is connected, and hears events where it has a channel (%s)', async (has, heard) => {
    await at.say('PUT', '/settings', { media: 'peer' });
    const id = await call(has);
    const sideband = await watchCall(at, id);
    await expect.poll(() => page.evaluate('peer.connectionState'), { timeout: 10_000 }).toBe('connected');
    await expect.poll(() => page.evaluate('heard'), { timeout: 10_000 }).toEqual(heard);
    expect(sideband.types()).toEqual(['session.created']);
    if (!has) return;
    await page.evaluate('peer.close()');
    await expect.poll(() => at.account(id).endedBy, { timeout: 10_000 }).toBe('browser');
  });
});
