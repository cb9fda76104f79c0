import { describe, expect, it } from 'vitest';
import { wholeWay } from '../journeys/by-http.ts';
import { testStack } from './test-stack.ts';
import { shopOn } from './visitor.ts';

const { isOpen, stack } = await testStack();

describe.skipIf(!isOpen)('a tenant on the stack, by HTTP alone,', () => {
  it('signs in by mail, makes a key, embeds it, has a call and revokes it', async () => {
    const { tenantId } = await shopOn(stack);
    const place = { url: stack.url, fixture: { mailUrl: stack.mailUrl }, bus: stack.operator };
    const way = await wholeWay(place, tenantId);
    expect(way).toMatchObject({
      key: { status: 201 },
      unsigned: { status: 401, body: { code: 'SIGNATURE_REQUIRED' } },
      widgetKey: { status: 201 },
      granted: { status: 200 },
      revoked: { status: 200 },
      ended: { status: 403, body: { code: 'SESSION_ENDED', reason: 'key_revoked' } },
      refused: { status: 401, body: { code: 'INVALID_WIDGET_KEY' } },
      dead: { status: 401, body: { code: 'AUTH_REQUIRED' } },
    });
  }, 120_000);
});
