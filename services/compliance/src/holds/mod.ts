/**
 * The door of legal holds: whether something is held, and how a person is linked without slipping from under a hold.
 */
export { type HoldDependencies, holding } from './command/find-hold.ts';
export { type LinkDependencies, linkAnew } from './command/link-anew.ts';
export type { Hold } from './decide/hold.ts';
export type { Holds } from './keep/holds.ts';
