export { linkAnew } from './command/check-identifiers.ts';
export { holding } from './command/holds.ts';
