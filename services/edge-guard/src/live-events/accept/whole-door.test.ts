import { randomUUID } from 'node:crypto';
import { Heartbeat } from '@vox/contracts';
import { someOrigin } from '@vox/testing';
import { expect, it, vi } from 'vitest';
import { openEdge } from '../../edge.fixture.ts';
import { living, openPage, type Page } from '../streams.fixture.ts';

it('streams of events hold no place of the door, and all end when the door drains', async () => {
  const ceiling = { requestsMax: 8, requestsPerAddressMax: 8, bodyBytesMax: 1_000_000 };
  const { url, bus, edge, tokenOf, post } = await openEdge({ ceiling });
  await bus.answer(Heartbeat, async () => living);
  const pages: Page[] = [];
  for (let n = 0; n < 20; n += 1) {
    const authorization = `Bearer ${await tokenOf(randomUUID(), 'brokered')}`;
    pages.push(await openPage(`${url}/api/session/events`, { authorization, origin: someOrigin }));
  }
  expect(new Set(pages.map(({ status }) => status))).toEqual(new Set([200]));
  expect(pages[0]?.headers).toMatchObject({
    'access-control-allow-origin': someOrigin,
    'x-content-type-options': 'nosniff',
    'x-ratelimit-remaining': expect.any(String),
  });
  expect((await post('/api/session', {})).status).toBe(401);
  edge.drain();
  for (const page of pages) {
    await vi.waitFor(() => expect(page.isOver()).toBe(true));
    expect(page.text()).toMatch(/\nretry: \d{3,4}\n\n$/);
  }
});
