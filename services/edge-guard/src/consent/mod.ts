export { consent } from './accept/consent.ts';
export { transcriptConsent } from './accept/transcript-consent.ts';
export { consentFor } from './command/words.ts';
export { isWithdrawn, type WithdrawalDependencies } from './keep/withdrawals.ts';
