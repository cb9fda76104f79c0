/** @typedef {import('./facts.js').Facts} Facts */
/** @typedef {import('./operations.js').Operation} Operation */
/** @typedef {Readonly<{tenantId: string, memberId: string, role: string, freshUntil: string | null}>} Me */

/**
 * Whether the access table lets somebody ask for an operation. The server decides again; this only spares people
 * buttons that it would refuse. What stands in no table is one’s own, such as who one is.
 * @param {Facts} facts @param {Me} me @param {Operation} operation
 */
export function mayAsk(facts, me, { method, path }) {
  const known = facts.operations[`${method} ${path}`];
  if (known === undefined) return true;
  if (me.tenantId === facts.platform && !known.isOfPlatform) return false;
  return facts.roles[known.action]?.includes(me.role) ?? false;
}
