export { version } from '../status/mod.ts';
export { configured } from './configured.ts';
export { openBus, openStore } from './dependencies.ts';
export { startOpenTelemetry } from './open-telemetry.ts';
export { answerAsCopy, copyOf, type OwnCopy } from './own-copy.ts';
export { type Lifecycle, runService, type ServiceOptions } from './run-service.ts';
export { openClock } from './steady-time.ts';
export { stopsOf } from './stops.ts';
