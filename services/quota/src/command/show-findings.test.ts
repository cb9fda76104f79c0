import { namedMax, type Policy } from '@vox/contracts';
import { stoppedClock } from '@vox/platform/time';
import { somePolicy } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { listPrices } from '../decide/prices.ts';
import { showFindings } from './show-findings.ts';

const clock = stoppedClock('2026-11-30T12:00:00.000Z');
/** A policy of a tenant that may call with models, and whose keys have a history that this test does not look at. */
const policyOf = (tenantId: string, models: string[]): Policy => {
  const policy = somePolicy({ tenantId, keys: [] });
  return { ...policy, agents: policy.agents.map((agent) => ({ ...agent, models })) };
};
const shown = (policies: readonly Policy[]) =>
  showFindings({ policies: new Map(policies.map((each) => [each.tenantId, each])), prices: listPrices, clock })();

describe('what quota finds in policies in force', () => {
  it('names the model that ends, when it does, and the tenants that may call with it', async () => {
    const policies = [policyOf('acme', ['gpt-realtime']), policyOf('blue', ['gpt-realtime-2.1'])];
    expect(await shown(policies)).toEqual({
      findings: [
        {
          ...{ rule: 'model-ending', severity: 'medium', tenants: 1, named: ['acme'], more: 0 },
          ...{ model: 'gpt-realtime', endsAt: expect.stringMatching(/^2027-01-/) },
        },
      ],
    });
  });
  it('names the first of many tenants, and says how many there are', async () => {
    const many = Array.from({ length: namedMax + 3 }, (_, at) => policyOf(`tenant-${at}`, ['gpt-realtime']));
    const { findings } = await shown(many);
    expect(findings).toMatchObject([{ tenants: namedMax + 3, more: 3 }]);
    expect(findings[0]?.named).toHaveLength(namedMax);
  });
  it('says nothing where nothing stands out', async () => {
    expect(await shown([policyOf('blue', ['gpt-realtime-2.1'])])).toEqual({ findings: [] });
  });
});
