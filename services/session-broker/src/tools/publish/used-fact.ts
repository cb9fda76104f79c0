import { type Fact, makeFact, ToolUsed } from '@vox/contracts';
import type { ToolUse, UseFigures } from '../decide/uses.ts';

type Told = Readonly<{
  tenantId: string;
  sessionId: string;
  useId: string;
  use: ToolUse;
  done: UseFigures;
  at: Date;
  traceparent?: string | undefined;
}>;

/** One use, published once whoever publishes it. It lists where and how large, and nothing that was said. */
export const usedFact = ({ tenantId, sessionId, useId, use, done, at, traceparent }: Told): Fact<typeof ToolUsed> =>
  makeFact(
    ToolUsed,
    { id: `tool-used:${sessionId}:${useId}`, source: 'session-broker', at, traceparent },
    {
      ...{ tenantId, sessionId, name: use.name, kind: use.kind, via: use.via, costMicros: use.costMicros },
      ...{ outcome: done.outcome, reason: done.reason, ok: done.ok },
      ...{ host: done.host, method: done.method, status: done.status },
      ...{ ms: done.ms, bytesOut: done.bytesOut, bytesIn: done.bytesIn },
    },
  );
