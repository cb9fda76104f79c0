import { expect, it } from 'vitest';
import { clock } from '../../checks/asked.fixture.ts';
import { callers, proved, verifying } from '../../checks/tenants.fixture.ts';
import { sessionToken } from './session-token.ts';

it('a session token speaks for its call, and a token that is none for no call', async () => {
  const claims = { tenantId: 'acme', identity: callers.token.identity };
  const run = sessionToken.run({ verifySession: verifying(proved(claims, 's1')), clock });
  expect(await run({ token: 'good' })).toEqual({
    ...{ claims, sessionId: 's1', tenantId: 'acme' },
    tokenEndsAt: clock.now(),
  });
  await expect(run({ token: 'bad' })).rejects.toThrow();
});
