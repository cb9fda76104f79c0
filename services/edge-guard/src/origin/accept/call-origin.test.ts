import { someOrigin } from '@vox/testing';
import { expect, it } from 'vitest';
import { asked } from '../../checks/asked.fixture.ts';
import { callers, tenants } from '../../checks/tenants.fixture.ts';
import { callOrigin } from './call-origin.ts';

it('a call is spoken for by pages of its key and by servers, and by no other page', () => {
  const run = callOrigin.run({ ...tenants(), publicOrigins: new Set() });
  const claims = { tenantId: 'acme', identity: callers.token.identity };
  for (const headers of [{ origin: someOrigin }, {}]) expect(run({ ...asked({ headers }), claims })).toBeUndefined();
  const evil = { ...asked({ headers: { origin: 'https://evil.example' } }), claims };
  expect(() => run(evil)).toThrow(expect.objectContaining({ code: 'ORIGIN_MISMATCH' }));
});
