/** What proves an audit chain and an export of it, for whoever verifies without a store. */
export { answerVerify, exportReaders } from './accept/verify.ts';
export { type Entry, emptyChain, link } from './decide/chain.ts';
export { verifyExport } from './decide/export.ts';
export { type Verified, verify } from './decide/verify.ts';
