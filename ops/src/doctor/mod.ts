export { examine } from './examine.ts';
export type { Facts } from './facts.ts';
export type { Finding } from './finding.ts';
export { findingsOf } from './findings.ts';
export { doctorSchema, type Places } from './settings.ts';
export { textOf } from './shown.ts';
