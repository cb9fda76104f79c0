export { Fault, type FaultAnswer, type FaultCode, faultCodes, type Issue } from './fault.ts';
export { invalidField, issueAt, type Mistaken } from './invalid-field.ts';
export { issuesOf } from './issues.ts';
export { noTenant } from './no-tenant.ts';
export { Reason } from './reason.ts';
export { orUnavailable } from './unavailable.ts';
