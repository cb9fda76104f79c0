/** What an auditor of the books reads of this service. */
export type { Budget } from './decide/budget.ts';
export type { RequestRecord } from './decide/record.ts';
export { mongoBudgets, mongoRequests } from './keep/mongo.ts';
