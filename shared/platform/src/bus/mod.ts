export type {
  Asker,
  AskOptions,
  Bus,
  Consumption,
  Delivery,
  Documents,
  Expected,
  Outcome,
  Reject,
  Replica,
} from './bus.ts';
export { reject } from './bus.ts';
export { type Layout, layout, layoutOf } from './layout/layout.ts';
export type { Difference } from './layout/layout-diff.ts';
export type { PlacedLetter } from './letters.ts';
export { asService } from './memory/as-service.ts';
export { type MemoryBus, memoryBus } from './memory/bus.ts';
export {
  type Bootstrap,
  type BootstrapOptions,
  LossNotAllowed,
  natsBootstrap,
  UnchangeableStream,
} from './nats/bootstrap.ts';
export { type NatsBusOptions, natsBus } from './nats/bus.ts';
export { type NatsReach, natsReach } from './nats/reach.ts';
export { busAccount, natsAccounts } from './nats/server/accounts.ts';
export {
  natsServerConfig,
  newServiceKey,
  type PublicKeys,
  publicKeyOf,
  type ServiceKey,
} from './nats/server/config.ts';
export type { NatsCluster, NatsDurability } from './nats/server/durability.ts';
export { type NatsRights, natsRightsOf } from './nats/server/rights.ts';
export type { NatsTls } from './nats/server/server-tls.ts';
export { type StoredMessage, storedMessages } from './nats/stored-messages.ts';
export { natsView } from './nats/view.ts';
export { type ActOf, type ActPublisher, publishAct, publishingRefusals } from './publish-act.ts';
export { serviceOfConsumer } from './redeliver.ts';
export { activeTraceparent } from './trace.ts';
export type { BusView, ConsumerState, StreamState, Told, Wanted, Within } from './view.ts';
