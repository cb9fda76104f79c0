import { operations as o } from '../../operations.js';
import { ask } from '../../request.js';

/** @typedef {import('../../request.js').Answer} Answer */
/** @typedef {Readonly<{kind: 'read', draft: any}>} Read */

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
 * The policy in force as it was written, with its agents whole.
 * @param {any} policy @returns {Promise<Answer | Read>}
 */
export async function readDraft(policy) {
  const listed = await ask(o.listVersions, { limit: 1 });
  if (listed.kind !== 'answered') return listed;
  const newest = await ask(o.showVersion, { version: listed.body.versions[0]?.version });
  if (newest.kind !== 'answered') return newest;
  const read = await readAgents(policy);
  if (read.kind !== 'all') return read;
  return { kind: 'read', draft: { ...withoutTenant(newest.body.draft), agents: read.agents } };
}
