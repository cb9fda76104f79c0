import type { Fact } from '@vox/contracts';
import type { Outcome } from '@vox/platform/bus';
import { recordFact } from '../command/record-fact.ts';

/** Every fact becomes an entry of its tenant's audit log, except those that must leave none. */
export const onFact =
  (dependencies: Parameters<typeof recordFact>[0]) =>
  async (fact: Fact): Promise<Outcome> => {
    await recordFact(dependencies, fact);
    return 'ack';
  };
