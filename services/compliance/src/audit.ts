/** What proves an audit chain and an export of it, for whoever verifies without a store. */
export { type Entry, emptyChain, type Head, link, type Recorded } from './audit/decide/chain.ts';
export { verifyExport } from './audit/decide/export.ts';
export { pageOf } from './audit/decide/page.ts';
export { type Verified, verifyPart } from './audit/decide/verify.ts';
export { entriesAfter, partMax } from './audit/keep/entries-after.ts';
export { exportReaders } from './audit/keep/receipt-readers.ts';
