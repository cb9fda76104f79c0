/** The door of consent: what persons have given and taken back. */
export { type Consents, inForceAt, isGiven, isWithdrawn } from './decide/consent.ts';
export { type ConsentStore, tenantTag } from './keep/consents.ts';
export { openRecord } from './keep/sealed-record.ts';
