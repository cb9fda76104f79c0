import { operations as o } from '../../operations.js';
import { ask } from '../../request.js';

/** @typedef {import('../../request.js').Answer} Answer */

/** The server knows a tenant by its credential. @param {any} draft */
const withoutTenant = ({ tenantId: _own, ...draft }) => draft;

/**
 * Every agent of a policy whole, as a draft holds it.
 * @param {{agentSetId: string, agents: readonly {agentId: string}[]}} policy
 * @returns {Promise<Answer | Readonly<{kind: 'all', agents: readonly any[]}>>}
 */
async function readAgents({ agentSetId, agents }) {
  const all = [];
  for (const { agentId } of agents) {
    const shown = await ask(o.showAgent, { agentId, agentSetId });
    if (shown.kind !== 'answered') return shown;
    all.push(shown.body.agent);
  }
  return { kind: 'all', agents: all };
}

/**
 * Puts the policy with other tools of one agent, and everything else as it was written. It is bound to the version that
 * was read before anything else was: whatever somebody changed since then stays, and this is refused.
 * @param {any} policy @param {Readonly<{agentId: string, tools: readonly unknown[], reason: string}>} wanted
 * @returns {Promise<Answer>}
 */
export async function putTools(policy, { agentId, tools, reason }) {
  const listed = await ask(o.listVersions, { limit: 1 });
  if (listed.kind !== 'answered') return listed;
  const newest = await ask(o.showVersion, { version: listed.body.versions[0]?.version });
  if (newest.kind !== 'answered') return newest;
  const read = await readAgents(policy);
  if (read.kind !== 'all') return read;
  const agents = read.agents.map((agent) => (agent.agentId === agentId ? { ...agent, tools } : agent));
  const draft = { ...withoutTenant(newest.body.draft), agents };
  return ask(o.putPolicy, { draft, reason }, { ifMatch: policy.version });
}
