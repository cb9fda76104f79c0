import { type Identity, type Policy, requiredConsents, type SessionCheck } from '@vox/contracts';

type Passed = Readonly<{ policy: Policy; identity: Identity; botVerdict: 'person' | 'unverified' | 'not-asked' }>;

const bots = { person: ['bot'], unverified: ['bot-unverified'], 'not-asked': [] } as const;

/**
 * The checks that a request for a call has passed, in their order. Of a member no consent and no proof is asked for.
 */
export const passedOf = ({ policy, identity, botVerdict }: Passed): SessionCheck[] => [
  ...(['address-limit', 'user-limit', 'origin'] as const),
  ...(identity.kind === 'widget' && requiredConsents(policy).length > 0 ? (['consent'] as const) : []),
  ...bots[botVerdict],
];
