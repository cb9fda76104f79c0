import { renewWatch } from '../command/renew-watch.ts';
import { standByCalls } from '../command/stand-by.ts';
import { type TakeOverDependencies, takeOverCalls } from '../command/take-over-calls.ts';

/** Says that this copy lives, and hears what other copies alone hear. */
export const onRenewal = (dependencies: TakeOverDependencies) => async (): Promise<void> => {
  await renewWatch(dependencies);
  await standByCalls(dependencies);
};

/** Takes over the calls of copies that are gone, and ends those that were closed or taken back meanwhile. */
export const onLookAround =
  (dependencies: TakeOverDependencies, endForbidden: () => Promise<void>) => async (): Promise<void> => {
    await takeOverCalls(dependencies);
    await endForbidden();
  };
