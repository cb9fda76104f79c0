import { type BootstrapOptions, LossNotAllowed, natsBootstrap, UnchangeableStream } from '@vox/platform/bus';
import { systemClock } from '@vox/platform/time';
import { eventually } from './eventually.ts';

/**
 * Makes the layout of the contracts on a server that lets anybody in, or whose nkey is given. It waits for a server
 * that is still starting. Throws at once when something would be lost: waiting does not help then.
 */
export async function furnish(url: string, over: Partial<BootstrapOptions> = {}): Promise<void> {
  const refusal = await eventually(async () => {
    const bootstrap = await natsBootstrap({ servers: [url], replicas: 1, clock: systemClock, ...over });
    try {
      await bootstrap.apply();
    } catch (error) {
      if (error instanceof LossNotAllowed || error instanceof UnchangeableStream) return error;
      throw error;
    } finally {
      await bootstrap.close();
    }
  });
  if (refusal !== undefined) throw refusal;
}
