import { expect, it } from 'vitest';
import { asked } from '../../checks/asked.fixture.ts';
import { tenantOfRefusals } from './tenant-of-refusals.ts';

it('a refusal is counted as one of the tenant that is known', () => {
  const request = { ...asked(), tenantId: 'acme' };
  tenantOfRefusals.run({})(request);
  expect(request.response.locals.tenantId).toBe('acme');
});
