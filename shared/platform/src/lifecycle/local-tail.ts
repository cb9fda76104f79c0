import { type SpanContext, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import { hrTimeToMilliseconds } from '@opentelemetry/core';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';
import { staysOpenAttribute } from '../telemetry/mod.ts';

export type TailOptions = Readonly<{
  /** A span that took so long is worth its trace. */
  slowMs: number;
  /** Traces whose spans wait for a decision; with more, the oldest is left. */
  tracesMax?: number;
  /** Spans of one trace that wait; further ones are left out. */
  spansMax?: number;
}>;

type Fragment = { open: number; isWanted: boolean; spans: ReadableSpan[] };

const isSampled = ({ traceFlags }: SpanContext): boolean => (traceFlags & TraceFlags.SAMPLED) !== 0;

/**
 * Decides at its end about the part of a trace that is in this process, where the sampler drew a blank: it is kept if
 * any span of it failed or was slow. From then on the process keeps what it has of that trace. Other processes decide
 * for themselves: what they had dropped by then is missing, which only a collector that sees everything can mend.
 */
export function localTail(
  inner: SpanProcessor,
  { slowMs, tracesMax = 2_000, spansMax = 256 }: TailOptions,
): SpanProcessor {
  const fragments = new Map<string, Fragment>();
  const kept = new Set<string>();
  const isWorth = ({ status, duration, attributes }: ReadableSpan): boolean =>
    status.code === SpanStatusCode.ERROR ||
    (attributes[staysOpenAttribute] !== true && hrTimeToMilliseconds(duration) >= slowMs);
  function keep(traceId: string, { spans }: Fragment): void {
    if (!kept.has(traceId) && kept.size >= tracesMax) kept.delete(oldestOf(kept));
    kept.add(traceId);
    for (const span of spans.splice(0)) inner.onEnd(asSampled(span));
  }
  return {
    onStart(span, parent) {
      inner.onStart(span, parent);
      const own = span.spanContext();
      if (isSampled(own)) return;
      const fragment = fragments.get(own.traceId) ?? { open: 0, isWanted: kept.has(own.traceId), spans: [] };
      fragment.open += 1;
      if (!fragments.has(own.traceId) && fragments.size >= tracesMax) fragments.delete(oldestOf(fragments));
      fragments.set(own.traceId, fragment);
    },
    onEnd(span) {
      const own = span.spanContext();
      if (isSampled(own)) return inner.onEnd(span);
      const fragment = fragments.get(own.traceId);
      if (fragment === undefined) return;
      fragment.open -= 1;
      fragment.isWanted ||= isWorth(span);
      if (fragment.spans.length < spansMax) fragment.spans.push(span);
      if (fragment.isWanted) keep(own.traceId, fragment);
      if (fragment.open === 0) fragments.delete(own.traceId);
    },
    forceFlush: () => inner.forceFlush(),
    shutdown() {
      fragments.clear();
      return inner.shutdown();
    },
  };
}

const oldestOf = (all: Readonly<{ keys: () => IterableIterator<string> }>): string => all.keys().next().value ?? '';

/** Exporters leave out what no sampler chose. */
const asSampled = (span: ReadableSpan): ReadableSpan =>
  Object.create(span, {
    spanContext: {
      value: () => ({ ...span.spanContext(), traceFlags: span.spanContext().traceFlags | TraceFlags.SAMPLED }),
    },
  });
