import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { TokenUsage } from '@vox/contracts';

const tracer = trace.getTracer('vox.tools');

/** Why a request got nothing although nobody was in the wrong: something broke, or was too slow. */
const breakage: ReadonlySet<string> = new Set([
  ...['provider', 'expired', 'unavailable'],
  ...['UPSTREAM_UNAVAILABLE', 'UNAVAILABLE', 'INTERNAL'],
]);

/** Of a span that lasts as long as somebody listens: how long it took says nothing. */
export const staysOpenAttribute = 'vox.stays_open';

/** Writes a decision on the active span. A denial for breakage makes it a failed one, so that its trace is kept. */
export function showDecisionOnSpan(decision: string, reason: string): void {
  const span = trace.getActiveSpan();
  if (span === undefined) return;
  span.setAttribute('vox.decision', decision);
  if (reason === '') return;
  span.setAttribute('vox.reason', reason);
  if (decision === 'ended' || !breakage.has(reason)) return;
  span.setAttribute('error.type', reason);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** Says of the active span that it lasts as long as somebody listens. */
export const staysOpen = (): void => void trace.getActiveSpan()?.setAttribute(staysOpenAttribute, true);

/**
 * Writes on the active span what a response of the model used, by the semantic conventions for generative AI
 * (github.com/open-telemetry/semantic-conventions-genai). They know no realtime call yet: `realtime` is our word.
 */
export function showUsageOnSpan(model: string, usage: TokenUsage): void {
  const { textIn, audioIn, imageIn = 0, unknownIn = 0, cachedIn, textOut, audioOut, unknownOut = 0 } = usage;
  trace.getActiveSpan()?.setAttributes({
    'gen_ai.operation.name': 'realtime',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': model,
    'gen_ai.usage.input_tokens': textIn + audioIn + imageIn + unknownIn,
    'gen_ai.usage.cache_read.input_tokens': cachedIn,
    'gen_ai.usage.output_tokens': textOut + audioOut + unknownOut,
  });
}

/** How a span calls a tool that nobody has found yet: what was asked for may be any text. */
const unknownTool = 'unknown';
const toolSpanName = (name: string): string => `execute_tool ${name}`;

/** Names a tool that was found on the span of its use, the active one. */
export const showToolOnSpan = (name: string): void =>
  void trace.getActiveSpan()?.updateName(toolSpanName(name)).setAttribute('gen_ai.tool.name', name);

/**
 * Runs a use of a tool in a span of its own, by the semantic conventions for generative AI (`execute_tool`). It names
 * the tool once it was found (`showToolOnSpan`), and holds neither arguments nor answers. `failed` says what is written
 * as the error of the span, if anything.
 */
export function inToolSpan<T>(run: () => Promise<T>, failed: (outcome: T) => string | undefined): Promise<T> {
  const attributes = {
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': unknownTool,
    'gen_ai.tool.type': 'extension',
  };
  const options = { kind: SpanKind.INTERNAL, attributes };
  return tracer.startActiveSpan(toolSpanName(unknownTool), options, async (span) => {
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
