export { countDecision } from './decisions.ts';
export { type Log, type LogOptions, logger, silentLog } from './log.ts';
export { sparingly } from './sparingly.ts';
