export { ageOfWidgetKey } from './command/show-key-use.ts';
export type { KeySource } from './command/survey-keys.ts';
