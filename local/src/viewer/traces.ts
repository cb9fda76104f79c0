import { type SeenSpan, serviceOf } from './span.ts';

/** The traces that were seen last, each with its spans. */
export type Traces = Readonly<{
  take: (spans: readonly SeenSpan[]) => void;
  /** The newest first. */
  all: () => readonly Trace[];
  named: (traceId: string) => Trace | undefined;
}>;
export type Trace = Readonly<{ traceId: string; spans: readonly SeenSpan[]; spansLost: number }>;

type Kept = { traceId: string; spans: SeenSpan[]; spansLost: number };

const tracesMax = 200;
const spansMax = 1_000;

/** Keeps so many traces, and of each so many spans. `isOwn` tells spans of whoever looks, which are not kept. */
export function keepTraces(isOwn: (span: SeenSpan) => boolean, most = tracesMax, spansOfOneMax = spansMax): Traces {
  const kept = new Map<string, Kept>();
  return {
    take(spans) {
      for (const span of spans) {
        if (isOwn(span)) continue;
        const trace = kept.get(span.traceId) ?? { traceId: span.traceId, spans: [], spansLost: 0 };
        // A trace that grows is a new one again: a call may last longer than many others together.
        kept.delete(span.traceId);
        kept.set(span.traceId, trace);
        if (trace.spans.length < spansOfOneMax) trace.spans.push(span);
        else trace.spansLost += 1;
      }
      for (const traceId of [...kept.keys()].slice(0, Math.max(0, kept.size - most))) kept.delete(traceId);
    },
    all: () => [...kept.values()].reverse(),
    named: (traceId) => kept.get(traceId),
  };
}

/** One line of a waterfall. Offset and width are shares of the whole trace, 0 to 1. */
export type WaterfallRow = Readonly<{ span: SeenSpan; depth: number; service: string; offset: number; width: number }>;

const depthMax = 40;

/** Spans in the order of their starts, each below its parent. A span whose parent is not there is a root. */
export function waterfall(spans: readonly SeenSpan[]): WaterfallRow[] {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const fromMs = Math.min(...spans.map(({ startMs }) => startMs));
  const lengthMs = Math.max(...spans.map(({ endMs }) => endMs)) - fromMs || 1;
  const children = Map.groupBy(
    spans.toSorted((one, other) => one.startMs - other.startMs),
    ({ spanId, parentId }) =>
      parentId !== undefined && parentId !== spanId && ids.has(parentId) ? parentId : undefined,
  );
  const rows: WaterfallRow[] = [];
  const shown = new Set<SeenSpan>();
  function add(span: SeenSpan, depth: number, above: string): void {
    if (shown.has(span)) return;
    shown.add(span);
    const service = serviceOf(span) ?? above;
    const [offset, width] = [(span.startMs - fromMs) / lengthMs, (span.endMs - span.startMs) / lengthMs];
    rows.push({ span, depth: Math.min(depth, depthMax), service, offset, width });
    for (const child of children.get(span.spanId) ?? []) add(child, depth + 1, service);
  }
  for (const root of children.get(undefined) ?? []) add(root, 0, root.process);
  // Spans that are each other's parents are below no root.
  for (const span of spans) add(span, 0, span.process);
  return rows;
}
