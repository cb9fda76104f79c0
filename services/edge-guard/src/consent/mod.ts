export { consent } from './accept/consent.ts';
export { transcriptConsent } from './accept/transcript-consent.ts';
export { consentFor } from './command/words.ts';
