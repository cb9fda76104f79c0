export { site } from './accept/site.ts';
export { fromOf } from './command/complete-sign-in.ts';
export { askedBy } from './command/own-factors.ts';
