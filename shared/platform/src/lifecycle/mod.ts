export { configured } from './configured.ts';
export { openBus, openStore } from './dependencies.ts';
export { startOpenTelemetry } from './open-telemetry.ts';
export { type Lifecycle, runService, type ServiceOptions } from './run-service.ts';
export { openClock } from './steady-time.ts';
export { version } from './version.ts';
