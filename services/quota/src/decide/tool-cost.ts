import type { Amount } from '@vox/contracts';
import { plus } from './amount.ts';
import type { Admitted } from './record.ts';

type Use = Readonly<{ useId: string; micros: number }>;
const none = { ids: [], micros: 0 };

export const hasTool = ({ tools = none }: Admitted, { useId }: Pick<Use, 'useId'>): boolean =>
  tools.ids.includes(useId);

/** The record with what one use of a tool costs. The same use again changes nothing. */
export function withTool(record: Admitted, use: Use): Admitted {
  const { tools = none } = record;
  if (hasTool(record, use)) return record;
  return { ...record, tools: { ids: [...tools.ids, use.useId], micros: tools.micros + use.micros } };
}

/** The record without a use that no budget could hold, so that it was never run. */
export function withoutTool(record: Admitted, use: Use): Admitted {
  const { tools = none } = record;
  if (!hasTool(record, use)) return record;
  return { ...record, tools: { ids: tools.ids.filter((id) => id !== use.useId), micros: tools.micros - use.micros } };
}

/** An amount with what the tools of a call cost. */
export const withTools = ({ tools }: Admitted, used: Amount): Amount =>
  tools === undefined ? used : plus(used, { tokens: 0, micros: tools.micros, seconds: 0 });
