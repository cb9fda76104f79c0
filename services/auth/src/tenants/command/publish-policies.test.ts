import { PolicyDocument, PutTenant, ShowTenant } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import { silentLog } from '@vox/platform/telemetry';
import { describe, expect, it } from 'vitest';
import { agentsSaying, authOnTwins, draft, instructionsOf } from '../../auth.fixture.ts';
import { storedTenants, type Tenants } from '../keep.ts';

describe('a start of auth', () => {
  it('moves agents out of a tenant that was kept with its agents within', async () => {
    const fixture = await authOnTwins();
    await fixture.putTenant();
    await fixture.tenants.update('acme', (known) => {
      const { agentSetId: _set, formerAgents: _former, within: _within, ...rest } = known ?? ({} as never);
      const old = { ...rest, draft: { ...rest.draft, agents: agentsSaying('of old', 2) } };
      return { result: undefined, state: storedTenants.schema.parse(old) };
    });
    const next = await fixture.start();
    expect(await instructionsOf(fixture.bus, await fixture.policy())).toEqual(['of old 0', 'of old 1']);
    expect(await fixture.tenants.read('acme')).toMatchObject({
      within: [],
      draft: { agents: [{ agentId: 'a0' }, {}] },
    });
    await next.stop();
    await fixture.close();
  });

  it('succeeds although one tenant cannot be read: that one is logged, and all others are published', async () => {
    let isOdd = false;
    const lines: unknown[] = [];
    const tenantsOf = (tenants: Tenants): Tenants => ({
      ...tenants,
      async all(limit, after) {
        if (isOdd) throw new Fault('INTERNAL');
        return tenants.all(limit, after);
      },
      async read(key) {
        if (isOdd && key === 'acme') throw new Fault('INTERNAL');
        return tenants.read(key);
      },
    });
    const log = { ...silentLog, error: (fields: object) => void lines.push(fields) };
    const fixture = await authOnTwins({ log, tenantsOf });
    for (const tenantId of ['acme', 'zeta'])
      await fixture.bus.ask(PutTenant, { draft: { ...draft, tenantId }, actor: 'test' });
    await fixture.stopServices();
    const documents = fixture.bus.documents(PolicyDocument);
    for (const tenantId of ['acme', 'zeta']) await documents.remove(tenantId);
    isOdd = true;
    const next = await fixture.start();
    expect(lines).toEqual([{ tenantId: 'acme' }]);
    expect([await documents.read('acme'), (await documents.read('zeta'))?.tenantId]).toEqual([undefined, 'zeta']);
    await expect(fixture.bus.ask(ShowTenant, { tenantId: 'acme' })).rejects.toMatchObject({
      code: 'INTERNAL',
      answer: { message: 'this version cannot read the form in which tenant acme is kept' },
    });
    await next.stop();
    await fixture.bus.close();
  });
});
