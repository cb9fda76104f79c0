/** What proves an audit chain and an export of it, for whoever verifies without a store. */
export { answerVerify, entriesAfter, exportReaders, partMax } from './accept/verify.ts';
export { type Entry, emptyChain, type Head, link, type Recorded } from './decide/chain.ts';
export { pageOf, verifyExport } from './decide/export.ts';
export { type Verified, verifyPart } from './decide/verify.ts';
