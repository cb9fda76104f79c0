export { batcher } from './batcher.ts';
export { afterFailure, afterSuccess, type Breaker, closedBreaker, mayAsk } from './breaker.ts';
export { type Clock, type StoppedClock, stoppedClock, systemClock } from './clock.ts';
export { inParallel } from './in-parallel.ts';
export { type Repeat, repeat } from './repeat.ts';
export { ownClocks, type SteadyClock, steadyClock } from './steady-clock.ts';
