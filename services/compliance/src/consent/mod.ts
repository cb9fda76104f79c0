export { openRecord } from './command/record-consent.ts';
export { type Consents, isWithdrawn, stands } from './decide/consent.ts';
export { type ConsentCells, tenantTag } from './keep/consents.ts';
