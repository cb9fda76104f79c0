export type { ToolAnswer, UseTool } from './command/answer-tools.ts';
export type { WordsDependencies } from './command/keep-words.ts';
export { type Watches, type WatchesDependencies, watchesOf } from './command/watches.ts';
export type { WatchEnd, WatchedCall } from './decide/call.ts';
export { fieldsOf, type ProviderEvent, readEvent, textOf } from './decide/event.ts';
export type { AskedTool } from './decide/tool-calls.ts';
export { refusalOutput } from './decide/tool-output.ts';
export { type Watchers, watcherDocuments } from './keep.ts';
