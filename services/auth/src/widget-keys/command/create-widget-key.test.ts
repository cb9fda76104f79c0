import { CreateWidgetKey } from '@vox/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuthOnTwins, authOnTwins, origin } from '../../auth.fixture.ts';

describe('a new widget key', () => {
  let fixture: AuthOnTwins;
  beforeEach(async () => {
    fixture = await authOnTwins();
    await fixture.putTenant();
  });
  afterEach(() => fixture.close());

  it.each([
    'https://*.acme.example',
    'https://acme.example/',
    'null',
    'acme.example',
    'https://acme.example:443',
    'ftp://acme.example',
  ])('is refused with the origin %s', async (bad) => {
    await expect(fixture.createKey([bad])).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      answer: { issues: [{ path: 'origins.0' }] },
    });
  });
  it('is refused where it names an agent that its tenant does not have', async () => {
    const request = { tenantId: 'acme', label: 'site', origins: [origin], actor: 'test' };
    const created = fixture.bus.ask(CreateWidgetKey, { ...request, agentIds: ['guide', 'nobody'] });
    await expect(created).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      answer: { issues: [{ path: 'agentIds.1' }] },
    });
  });
});
