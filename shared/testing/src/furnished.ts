import { type BootstrapOptions, LossNotAllowed, natsBootstrap, UnchangeableStream } from '@vox/platform/bus';
import { systemClock } from '@vox/platform/time';
import { eventually } from './eventually.ts';

/**
 * Makes what the contracts ask for on a server that lets anybody in, or whose nkey is given; a server that still starts
 * is waited for. Throws at once what waiting does not mend: that something would be lost.
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
