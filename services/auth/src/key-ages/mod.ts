export { type NotedUses, notedUses } from './command/noted-uses.ts';
export { ageOfWidgetKey } from './command/show-key-use.ts';
export type { KeySource } from './command/survey-keys.ts';
