import { documentKind } from '../kinds/document.ts';
import { Agent, Policy } from './policy.ts';

/** Keyed by tenant id. */
export const PolicyDocument = documentKind('policy', 'Each tenant’s policy in force.', Policy);

/**
 * Keyed by `agentKey`. What an agent is told is the tenant's own: the broker alone reads it. A document never changes:
 * with a new version of its agents a policy names another set, which stands there whole before the policy does.
 */
export const AgentDocument = documentKind('agents', 'Instructions and tools of each tenant’s agents.', Agent);

export const agentKey = (tenantId: string, agentSetId: string, agentId: string): string =>
  `${tenantId}.${agentSetId}.${agentId}`;
