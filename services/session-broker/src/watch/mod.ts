export type { WordsDependencies } from './command/keep-words.ts';
export { type Watches, type WatchesDependencies, watchesOf } from './command/watches.ts';
export type { WatchEnd, WatchedCall } from './decide/call.ts';
export { type Watchers, watcherDocuments } from './keep.ts';
