import { type Policy, PolicyDocument } from '@vox/contracts';
import { natsBus } from '@vox/platform/bus';
import { systemClock as clock } from '@vox/platform/time';
import { somePolicy } from '@vox/testing';

const putAtOnce = 500;
const hex = (n: number, digits: number): string => n.toString(16).padStart(digits, '0');

/** Every hundredth tenant is large: this many agents, keys and origins of each key. */
const large = { agents: 8, keys: 12, origins: 4 } as const;
const small = { agents: 1, keys: 1, origins: 1 } as const;

/** The policy of the n-th tenant: names, ids and origins of its own, as no two tenants share them. */
export function policyOf(n: number): Policy {
  const size = n % 100 === 0 ? large : small;
  const tenantId = `shop-${n}`;
  const standing = somePolicy();
  return somePolicy({
    tenantId,
    displayName: `The shop of number ${n}`,
    disclosure: `You are talking to the machine of shop ${n}, not to a person.`,
    agentSetId: `00000000-0000-4000-8000-${hex(n, 12)}`,
    agents: Array.from({ length: size.agents }, (_, at) => ({
      ...(standing.agents[0] as Policy['agents'][number]),
      agentId: `guide-${at}`,
    })),
    keys: Array.from({ length: size.keys }, (_, at) => ({
      ...(standing.keys[0] as Policy['keys'][number]),
      key: `w_${tenantId}_site${at}_${hex(n * 100 + at, 16)}`,
      label: `site${at}`,
      origins: Array.from({ length: size.origins }, (_, page) => `https://page${page}.site${at}.shop-${n}.example`),
      createdAt: '2026-11-24T09:00:00.000Z',
    })),
  });
}

/** Puts the policies of tenants from one number to another, as auth does. Answers their bytes as JSON. */
export async function putPolicies(url: string, from: number, to: number): Promise<number> {
  const onThrow = (error: unknown): void => console.error(error);
  const bus = await natsBus({ servers: [url], service: 'operator', clock, onThrow });
  const policies = bus.documents(PolicyDocument);
  let bytes = 0;
  for (let n = from; n < to; n += putAtOnce) {
    const some = Array.from({ length: Math.min(putAtOnce, to - n) }, (_, at) => policyOf(n + at));
    await Promise.all(some.map((policy) => policies.put(policy.tenantId, policy)));
    for (const policy of some) bytes += JSON.stringify(policy).length;
  }
  await bus.close();
  return bytes;
}
