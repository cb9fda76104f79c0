export { type ActOf, type Telling, tellAct, tellingRefusals } from './acts.ts';
export type { Bus, Consumption, Delivery, Documents, Expected, Poison, Replica, Verdict } from './bus.ts';
export { poison } from './bus.ts';
export { type MemoryBus, memoryBus } from './memory.ts';
export { type NatsBusOptions, natsBus } from './nats.ts';
export { natsServerConfig, newServiceKey, publicKeyOf, type ServiceKey } from './nats-config.ts';
export { activeTraceparent } from './trace.ts';
