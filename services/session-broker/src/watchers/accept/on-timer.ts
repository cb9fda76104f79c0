import { renewWatch } from '../command/renew-watch.ts';
import { standByCalls } from '../command/stand-by.ts';
import { type TakeOverDependencies, takeOverCalls } from '../command/take-over-calls.ts';

/** Says that this copy lives, and hears what other copies alone hear. */
export const onRenewal = (dependencies: TakeOverDependencies) => async (): Promise<void> => {
  await renewWatch(dependencies);
  await standByCalls(dependencies);
};

/** Takes over the calls of copies that are gone. */
export const onLookAround = (dependencies: TakeOverDependencies) => (): Promise<void> => takeOverCalls(dependencies);
