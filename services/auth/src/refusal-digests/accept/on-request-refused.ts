import type { Fact, RequestRefused } from '@vox/contracts';
import type { Outcome } from '@vox/platform/bus';
import { type CountRefusalsDependencies, countRefusals } from '../command/count-refusals.ts';

/** Counts what the edge refused in the week in which it was refused last. */
export const onRequestRefused =
  (dependencies: CountRefusalsDependencies) =>
  async ({ id, data }: Fact<typeof RequestRefused>): Promise<Outcome> => {
    const { tenantId, code, count, lastAt } = data;
    await countRefusals(dependencies, { id, tenantId, code, count, atMs: Date.parse(lastAt) });
    return 'ack';
  };
