/** The door of policy versions: what was put is kept here, and found again. */
export { type FindVersionDependencies, findVersion } from './command/find-version.ts';
export { type KeepVersionDependencies, keepVersion } from './command/keep-version.ts';
export { hasVersions, type NamesSetDependencies, someVersionNames } from './command/names-set.ts';
export { hashOf } from './command/show-version.ts';
export type { KeptDraft, PutDraft } from './decide/policy-version.ts';
export { putDraftShape } from './keep.ts';
