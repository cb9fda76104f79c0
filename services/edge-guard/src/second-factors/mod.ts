export { site, siteOfRequest } from './accept/site.ts';
export { fromOf } from './command/complete-sign-in.ts';
