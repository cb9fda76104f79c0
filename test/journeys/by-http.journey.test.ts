import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wholeWay } from './by-http.ts';
import { type Journey, openJourney } from './journey.ts';

describe('a tenant, by HTTP alone,', () => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await openJourney();
  });
  afterAll(() => journey.close());

  it('signs in by mail, makes a key, embeds it, has a call and revokes it', async () => {
    const way = await wholeWay(journey, 'demo');
    expect(way).toMatchObject({
      key: { status: 201, body: { apiKey: expect.stringMatching(/^vk_staging_/) } },
      unsigned: { status: 401, body: { code: 'SIGNATURE_REQUIRED' } },
      widgetKey: { status: 201, body: { widgetKey: expect.stringMatching(/^w_demo_page_/) } },
      granted: { status: 200 },
      revoked: { status: 200 },
      ended: { status: 403, body: { code: 'SESSION_ENDED', reason: 'key_revoked' } },
      refused: { status: 401, body: { code: 'INVALID_WIDGET_KEY' } },
      dead: { status: 401, body: { code: 'AUTH_REQUIRED' } },
    });
  });
});
