import { type Context, context, ROOT_CONTEXT, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { describe, expect, it } from 'vitest';
import { samplingOf } from './sampling.ts';

const beganMs = Date.UTC(2026, 0, 1);

/** A tracer that sends nothing by lot, and what it sent all the same. */
function drawingBlanks(ratio = '0') {
  const exporter = new InMemorySpanExporter();
  const env = { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: ratio };
  const sampling = samplingOf(env, 1_000, [new SimpleSpanProcessor({ exporter })]);
  if (sampling === undefined) throw new Error('it draws no lots');
  const tracer = new TracerProvider(sampling).getTracer('test');
  const span = (name: string, parent: Context = ROOT_CONTEXT) => {
    const started = tracer.startSpan(name, { startTime: beganMs }, parent);
    return { started, within: trace.setSpan(parent, started), end: (tookMs = 1) => started.end(beganMs + tookMs) };
  };
  return { span, sent: () => exporter.getFinishedSpans().map(({ name }) => name) };
}

describe('a trace that no lot was drawn for', () => {
  it('is not sent when all of it went well and fast', () => {
    const { span, sent } = drawingBlanks();
    const root = span('root');
    span('child', root.within).end();
    root.end();
    expect(sent()).toEqual([]);
  });
  it('is sent whole when a span of it failed, with those that had ended before', () => {
    const { span, sent } = drawingBlanks();
    const root = span('root');
    span('before', root.within).end();
    const failed = span('failed', root.within);
    failed.started.setStatus({ code: SpanStatusCode.ERROR });
    failed.end();
    span('after', root.within).end();
    root.end();
    expect(sent()).toEqual(['before', 'failed', 'after', 'root']);
  });
  it('is sent when a span of it was slow, unless that span lasts as long as somebody listens', () => {
    const { span, sent } = drawingBlanks();
    span('slow').end(1_000);
    const events = span('events');
    events.started.setAttribute('vox.stays_open', true);
    events.end(60_000);
    expect(sent()).toEqual(['slow']);
  });
  it('is sent further once this process has sent a part of it, and no other trace is', () => {
    const { span, sent } = drawingBlanks();
    const root = span('root');
    root.end(2_000);
    span('later message', trace.setSpanContext(ROOT_CONTEXT, root.started.spanContext())).end();
    span('of another trace').end();
    expect(sent()).toEqual(['root', 'later message']);
  });
  it('holds a bounded number of spans, however many traces never end', () => {
    const { span, sent } = drawingBlanks();
    const never = Array.from({ length: 2_001 }, (_, n) => span(`never ends ${n}`));
    const [oldest, , last] = [never[0], never[1], never.at(-1)];
    oldest?.end(5_000);
    last?.end(5_000);
    expect(sent()).toEqual(['never ends 2000']);
  });
});

describe('a trace that a lot was drawn for', () => {
  it('is sent at once', () => {
    const { span, sent } = drawingBlanks('1');
    const root = span('root');
    span('child', root.within).end();
    expect(sent()).toEqual(['child']);
    root.end();
  });
});

describe('a sampler of OTEL_TRACES_SAMPLER', () => {
  it('that draws no lots, or whose argument is no share, is left to the SDK', () => {
    for (const [name, argument] of [
      ['always_on', '0.5'],
      ['parentbased_always_off', undefined],
      ['traceidratio', undefined],
      ['traceidratio', '2'],
      ['traceidratio', 'half'],
      [undefined, '0.5'],
    ])
      expect(samplingOf({ OTEL_TRACES_SAMPLER: name, OTEL_TRACES_SAMPLER_ARG: argument }, 1_000, [])).toBeUndefined();
  });
  it('that follows its parent sends what the parent chose', () => {
    const env = { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' };
    const exporter = new InMemorySpanExporter();
    const sampling = samplingOf(env, 1_000, [new SimpleSpanProcessor({ exporter })]);
    const tracer = new TracerProvider(sampling).getTracer('test');
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const chosen = { traceId, spanId: 'b7ad6b7169203331', traceFlags: TraceFlags.SAMPLED, isRemote: true };
    tracer.startSpan('child', {}, trace.setSpanContext(context.active(), chosen)).end();
    expect(exporter.getFinishedSpans()).toHaveLength(1);
  });
});
