/** @typedef {'agent' | 'key' | 'page' | 'try'} StepName */
/**
 * What leads to a first call. `isDone` is `undefined` where nothing tells.
 * @typedef {Readonly<{name: StepName, isDone: boolean | undefined}>} Step
 */

/** @param {{state: string}} key */
const works = ({ state }) => state === 'active' || state === 'expiring';

/**
 * How far a tenant is on the way to its first call: an agent, a key for a page, the page that a visitor called from,
 * and a call of one’s own. Keys are `undefined` for whoever may not list them.
 * @param {readonly unknown[]} agents
 * @param {readonly Readonly<{state: string, lastUsedAt: string | null}>[] | undefined} keys
 * @returns {readonly Step[]}
 */
export const stepsOf = (agents, keys) => [
  { name: 'agent', isDone: agents.length > 0 },
  { name: 'key', isDone: keys?.some(works) },
  { name: 'page', isDone: keys?.some(({ lastUsedAt }) => lastUsedAt !== null) },
  { name: 'try', isDone: undefined },
];

/**
 * The key whose snippet is shown: one that works, the newest of them.
 * @template {Readonly<{state: string, ageDays: number}>} T @param {readonly T[]} keys @returns {T | undefined}
 */
export const keyToShow = (keys) => keys.filter(works).sort((one, other) => one.ageDays - other.ageDays)[0];
