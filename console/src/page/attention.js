import { usedUpAtMs } from './forecast.js';

/** @typedef {import('./words.js').Key} Key */
/**
 * One thing that needs somebody: what, how many, where it is put right, and whether it does harm already.
 * @typedef {Readonly<{words: Key, count: number, to: string, isUrgent: boolean}>} Attention
 */
/**
 * What a member may know of the tenant; what they may not ask for is `undefined`.
 * @typedef {Readonly<{halted?: boolean, budget?: readonly any[], keys?: readonly any[], requests?: readonly any[],
 *   lateIncidents?: number, missing?: number}>} Known
 */

const dayMs = 86_400_000;
/** A widget key of this age should be rotated, and one that ends so soon replaced, in days. */
const [oldDays, endsSoonDays] = [90, 14];
/** A request of a person that is due so soon is to be looked at, in days. */
const dueSoonDays = 7;
/** A budget is nearly used up from this share on. */
const nearlyShare = 0.8;

/** @param {any} row */
const isOut = ({ remaining }) => remaining === 0;
/** @param {any} row */
const isNear = ({ inForce, remaining }) =>
  inForce !== null && inForce > 0 && remaining > 0 && 1 - remaining / inForce >= nearlyShare;
/** @param {any} request */
const isOpen = ({ state }) => state === 'working' || state === 'blocked';

/** @param {Known} known @param {number} nowMs @returns {Readonly<Record<string, number>>} */
function counts({ halted, budget = [], keys = [], requests = [], lateIncidents = 0, missing = 0 }, nowMs) {
  /** @template T @param {readonly T[]} rows @param {(row: T) => boolean} counts */
  const count = (rows, counts) => rows.filter(counts).length;
  const dueIn = (/** @type {any} */ { dueAt }) => (Date.parse(dueAt) - nowMs) / dayMs;
  const living = keys.filter(({ state }) => state === 'active' || state === 'expiring');
  const open = requests.filter(isOpen);
  return {
    halted: halted ? 1 : 0,
    budgetOut: count(budget, isOut),
    requestsLate: count(open, (each) => dueIn(each) < 0),
    incidentsLate: lateIncidents,
    budgetNear: count(budget, (each) => isNear(each) || (!isOut(each) && usedUpAtMs(each, nowMs) !== undefined)),
    requestsSoon: count(open, (each) => dueIn(each) >= 0 && dueIn(each) <= dueSoonDays),
    keysEnd: count(
      living,
      ({ expiresAt }) => expiresAt !== null && Date.parse(expiresAt) - nowMs <= endsSoonDays * dayMs,
    ),
    keysOld: count(living, ({ ageDays }) => ageDays >= oldDays),
    missing,
  };
}

/**
 * In the order in which they are shown.
 * @type {readonly Readonly<{of: string, words: Key, to: string, isUrgent: boolean}>[]}
 */
const kinds = [
  { of: 'halted', words: 'kill.isEngaged', to: '/console/calls', isUrgent: true },
  { of: 'budgetOut', words: 'attention.budgetOut', to: '/console/limits', isUrgent: true },
  { of: 'requestsLate', words: 'attention.requestsLate', to: '/console/privacy?overdue=true', isUrgent: true },
  { of: 'incidentsLate', words: 'attention.incidentsLate', to: '/console/incidents?overdue=true', isUrgent: true },
  { of: 'budgetNear', words: 'attention.budgetNear', to: '/console/limits', isUrgent: false },
  { of: 'requestsSoon', words: 'attention.requestsSoon', to: '/console/privacy', isUrgent: false },
  { of: 'keysEnd', words: 'attention.keysEnd', to: '/console/keys?state=expiring', isUrgent: false },
  { of: 'keysOld', words: 'attention.keysOld', to: '/console/keys', isUrgent: false },
  { of: 'missing', words: 'attention.missing', to: '#checklist', isUrgent: false },
];

/**
 * What needs somebody now, the worst first.
 * @param {Known} known @param {number} nowMs @returns {Attention[]}
 */
export function attentionOf(known, nowMs) {
  const found = counts(known, nowMs);
  return kinds.map(({ of, ...kind }) => ({ ...kind, count: found[of] ?? 0 })).filter(({ count }) => count > 0);
}
