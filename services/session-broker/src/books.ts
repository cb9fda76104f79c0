/** What an auditor of the books reads of this service. */
export type { Slots } from './decide/claim.ts';
export type { Session } from './decide/session.ts';
export { mongoSessions, mongoSlots } from './keep/mongo.ts';
