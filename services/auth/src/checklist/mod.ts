/** The door of the production checklist. */
export type { CheckedKey, CheckedTenant } from './decide/state.ts';
