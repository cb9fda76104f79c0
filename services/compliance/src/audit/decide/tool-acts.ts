import { ToolUsed } from '@vox/contracts';
import { type Projections, self } from './act-forms.ts';

/** How the fact of a tool's use reads as an act of its call. */
export const toolActs = {
  [ToolUsed.name]: (fact) => {
    const { sessionId, name, kind, host, method, status, outcome, reason, via } = fact.data;
    const isDone = outcome === 'answered';
    return self(fact, 'tool.use', `tool:${name}`, {
      actor: `session:${sessionId}`,
      requestId: sessionId,
      outcome: isDone ? 'done' : 'refused',
      reason: [kind, method, host, status, isDone ? undefined : (reason ?? outcome), `by ${via}`]
        .filter((word) => word !== undefined)
        .join(' '),
    });
  },
} satisfies Partial<Projections>;
