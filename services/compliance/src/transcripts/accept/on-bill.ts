import type { Fact, QuotaAdjusted, QuotaSettled } from '@vox/contracts';
import type { Outcome } from '@vox/platform/bus';
import { type BillCall, billCall } from '../command/bill-call.ts';

/** Hears what a call used in the end. It may be heard before the call is known. */
export const onBill =
  (dependencies: BillCall) =>
  async ({ data }: Fact<typeof QuotaSettled | typeof QuotaAdjusted>): Promise<Outcome> =>
    (await billCall(dependencies, data)) === 'unknown-call' ? 'retry' : 'ack';
