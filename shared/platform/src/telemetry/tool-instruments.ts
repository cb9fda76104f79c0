import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { ToolReason, ToolVia } from '@vox/contracts';
import { counter } from './instrument.ts';
import { oneOf } from './labels.ts';

export const toolUses = counter({
  name: 'vox.tool.uses',
  unit: '{use}',
  about: 'Uses of tools that were asked for, by what became of them.',
  labels: {
    via: oneOf(ToolVia.options, 'who asked: browser, in direct calls; provider, in brokered ones'),
    outcome: oneOf(
      ['ok', 'not-ok', 'refused', 'failed', 'interrupted'],
      'ok, not-ok (it answered that it has not done it), refused (nothing was sent), failed, interrupted (nobody knows)',
    ),
    reason: oneOf(['', ...ToolReason.options], 'why not: a reason of the contract, or nothing'),
  },
  in: ['session-broker'],
});

const tracer = trace.getTracer('vox.tools');

/**
 * Runs a use of a tool in a span of its own, by the semantic conventions for generative AI (`execute_tool`). It names
 * the tool, and holds neither arguments nor answers. `failed` says what is written as the error of the span, if
 * anything.
 */
export function inToolSpan<T>(
  name: string,
  run: () => Promise<T>,
  failed: (outcome: T) => string | undefined,
): Promise<T> {
  const attributes = {
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': name,
    'gen_ai.tool.type': 'extension',
  };
  return tracer.startActiveSpan(`execute_tool ${name}`, { kind: SpanKind.INTERNAL, attributes }, async (span) => {
    try {
      const outcome = await run();
      const type = failed(outcome);
      if (type !== undefined) span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', type);
      return outcome;
    } finally {
      span.end();
    }
  });
}
