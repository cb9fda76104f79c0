import { KeyRevoked } from '@vox/contracts';
import { furnish, natsServer } from '@vox/testing';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { whatBroke } from '../../telemetry/mod.ts';
import { systemClock as clock } from '../../time/mod.ts';
import { revoked } from '../promises/bus.fixture.ts';
import { natsBus } from './bus.ts';

const server = await natsServer({ ...process.env, NATS_URL: undefined });
const url = server?.url ?? '';
afterAll(async () => {
  await server?.stop();
});

describe.skipIf(server === undefined)('a stream that is full', () => {
  it('refuses a fact, loses none that it has taken, and is named with what to check', async () => {
    const taken = 5;
    await furnish(url, { maxBytes: 4_096 });
    const bus = await vi.waitFor(() => natsBus({ servers: [url], service: 'auth', clock, onThrow: () => undefined }));
    const filling = async (): Promise<unknown> => {
      for (let count = 0; count < 100; count += 1) {
        const refused = await bus.publish(KeyRevoked, revoked()).then(
          () => undefined,
          (error: unknown) => error,
        );
        if (refused === undefined) continue;
        expect(count).toBeGreaterThanOrEqual(taken);
        return refused;
      }
      return undefined;
    };
    const refused = await filling();
    expect(refused).toMatchObject({ code: 'UNAVAILABLE' });
    expect(whatBroke(refused)).toMatchObject({
      dependency: 'nats',
      says: 'the stream is full, or its server cannot write',
      check: expect.stringContaining('max_bytes'),
    });
    await bus.close();
  });
});
