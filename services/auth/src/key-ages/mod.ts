export type { KeySource } from './command/survey-keys.ts';
