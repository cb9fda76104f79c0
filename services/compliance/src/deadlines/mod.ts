/** The door of deadlines: how near one is, and lists in their order. */
export { firstDue } from './command.ts';
export { isBehind, lateness, nextLookMs, placeOf } from './decide.ts';
