/** What proves an audit chain and an export of it, for whoever verifies without a store. */
export { answerVerify, entriesAfter, exportReaders, partMax } from './audit/command/verify-audit.ts';
export { type Entry, emptyChain, type Head, link, type Recorded } from './audit/decide/chain.ts';
export { pageOf, verifyExport } from './audit/decide/export.ts';
export { type Verified, verifyPart } from './audit/decide/verify.ts';
