import { documentKind } from '../kinds/document.ts';
import { Agent, Policy } from './policy.ts';

/** Keyed by tenant id. */
export const PolicyDocument = documentKind('policy', 'Each tenant’s policy in force.', Policy);

/**
 * Keyed by `agentKey`. An agent's instructions are the tenant's own, and only the broker reads them. A document never
 * changes: a policy with new agents names another set, whose documents are all there before the policy is.
 */
export const AgentDocument = documentKind('agents', 'Instructions and tools of each tenant’s agents.', Agent);

export const agentKey = (tenantId: string, agentSetId: string, agentId: string): string =>
  `${tenantId}.${agentSetId}.${agentId}`;
