import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { startOpenTelemetry } from '@vox/platform/lifecycle';
import { shortened } from './otlp.ts';
import type { SeenSpan } from './span.ts';

type Processor = NonNullable<Parameters<typeof startOpenTelemetry>[2]>[number];
type Ended = Parameters<Processor['onEnd']>[0];

const msOf = ([seconds, nanos]: readonly [number, number]): number => seconds * 1_000 + nanos / 1_000_000;

function seen(span: Ended, process: string): SeenSpan {
  const { traceId, spanId } = span.spanContext();
  const given = Object.entries(span.attributes).filter(([, value]) => value !== undefined);
  return {
    ...{ traceId, spanId, parentId: span.parentSpanContext?.spanId, process, name: shortened(span.name) },
    ...{ startMs: msOf(span.startTime), endMs: msOf(span.endTime), isServer: span.kind === SpanKind.SERVER },
    failed: span.status.code === SpanStatusCode.ERROR,
    attributes: Object.fromEntries(given.map(([key, value]) => [key, shortened(value)])),
  };
}

/** Hands on the spans of this process, where what shows them runs in it too. */
export const ownSpans = (process: string, take: (spans: readonly SeenSpan[]) => void): Processor => ({
  onStart: () => undefined,
  onEnd: (span) => take([seen(span, process)]),
  forceFlush: async () => undefined,
  shutdown: async () => undefined,
});
