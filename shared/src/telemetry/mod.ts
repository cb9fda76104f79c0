export { type Log, type LogOptions, logger, silentLog } from './log.ts';
