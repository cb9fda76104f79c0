import { type BootstrapOptions, natsBootstrap } from '../bus/mod.ts';
import { systemClock } from '../time/mod.ts';
import { eventually } from './eventually.ts';

/** Makes what the contracts ask for on a server that lets anybody in, or whose nkey is given; a server that still starts is waited for. */
export async function furnish(url: string, over: Partial<BootstrapOptions> = {}): Promise<void> {
  await eventually(async () => {
    const bootstrap = await natsBootstrap({ servers: [url], replicas: 1, clock: systemClock, ...over });
    try {
      await bootstrap.apply();
    } finally {
      await bootstrap.close();
    }
  });
}
