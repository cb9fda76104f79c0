import { operations as o } from '../../operations.js';
import { ask } from '../../request.js';
import { readDraft } from './read-draft.js';

/** @typedef {import('../../request.js').Answer} Answer */
/** @typedef {Readonly<{agentId: string, tools: readonly unknown[]}>} Tools */

/** @param {any} draft @param {Tools} wanted */
const withTools = (draft, { agentId, tools }) => ({
  ...draft,
  agents: draft.agents.map((/** @type {any} */ agent) => (agent.agentId === agentId ? { ...agent, tools } : agent)),
});

/**
 * Puts the policy with other tools of one agent, and everything else as it was written. It is bound to the version that
 * was read before anything else was: whatever somebody changed since then stays, and this is refused.
 * @param {any} policy @param {Tools & Readonly<{reason: string}>} wanted @returns {Promise<Answer>}
 */
export async function putTools(policy, { reason, ...wanted }) {
  const read = await readDraft(policy);
  if (read.kind !== 'read') return read;
  return ask(o.putPolicy, { draft: withTools(read.draft, wanted), reason }, { ifMatch: policy.version });
}

/**
 * Asks what the policy with other tools of one agent would have done.
 * @param {any} policy @param {Tools} wanted @param {number} days @returns {Promise<Answer>}
 */
export async function previewTools(policy, wanted, days) {
  const read = await readDraft(policy);
  return read.kind === 'read' ? ask(o.previewPolicy, { draft: withTools(read.draft, wanted), days }) : read;
}
