import {
  type Attributes,
  type Context,
  context,
  type Link,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { Consumer, Fact, FactKind, Question } from '@vox/contracts';
import { Fault, type FaultCode } from '../fault/mod.ts';
import { answeringTime, deliveries, handling } from '../telemetry/mod.ts';
import type { HandledOutcome, Outcome } from './bus.ts';

const tracer = trace.getTracer('vox.bus');
const broke: ReadonlySet<FaultCode> = new Set(['UNAVAILABLE', 'UPSTREAM_UNAVAILABLE', 'INTERNAL']);

type Carrier = Record<string, string>;

export const contextOf = (traceparent: string | undefined): Context =>
  traceparent === undefined ? context.active() : propagation.extract(context.active(), { traceparent });

export function traceparentOf(from: Context): string | undefined {
  const carrier: Carrier = {};
  propagation.inject(from, carrier);
  return carrier.traceparent;
}

/** The active trace, for records that outlive it: a stored decision, an entry of the audit log. */
export const activeTraceparent = (): string | undefined => traceparentOf(context.active());

/** Names by the semantic conventions for messaging (opentelemetry.io/docs/specs/semconv/messaging). */
const attributesOf = (operation: 'send' | 'process', destination: string) => ({
  'messaging.system.name': 'nats',
  'messaging.operation.type': operation,
  'messaging.operation.name': operation,
  'messaging.destination.name': destination,
});

function ownerAttributes(data: unknown) {
  const { tenantId, sessionId } = data as { tenantId?: string; sessionId?: string };
  return { ...(tenantId && { 'vox.tenant': tenantId }), ...(sessionId && { 'vox.session': sessionId }) };
}

/**
 * Sends a fact inside a producer span, whose id the fact then carries as its `traceparent`. A fact of a call belongs to
 * the trace of the call. Where something in another trace brings it about, such as a later request, the span links to
 * that.
 */
export function sending<R>(kind: FactKind, fact: Fact, send: (traced: Fact) => Promise<R>): Promise<R> {
  const attributes = {
    ...attributesOf('send', kind.name),
    'messaging.message.id': fact.id,
    ...ownerAttributes(fact.data),
  };
  const parent = contextOf(fact.traceparent);
  const span = { name: `send ${kind.name}`, kind: SpanKind.PRODUCER, attributes, parent };
  return inSpan({ ...span, links: linksTo(context.active(), parent) }, (own) =>
    send({ ...fact, traceparent: traceparentOf(own) ?? fact.traceparent }),
  );
}

/** A link to what runs now, where that is of another trace than the parent. */
function linksTo(now: Context, parent: Context): Link[] {
  const [active, above] = [trace.getSpanContext(now), trace.getSpanContext(parent)];
  return active === undefined || active.traceId === above?.traceId ? [] : [{ context: active }];
}

type Processed = Readonly<{ consumer: Consumer; fact: Fact; kind: FactKind; deliveries: number }>;

/**
 * Runs a handler inside a consumer span, a child of the fact's span, and counts the outcome. A throw is `retry`, or
 * `wait` for a dependency that is down. Between a fact and its handler time may pass, and it may be handled more than
 * once: each time links to the fact's span besides, as the conventions want it.
 */
export async function processing(
  { consumer, fact, kind, deliveries: delivery }: Processed,
  handle: () => Promise<Outcome>,
  onThrow: (error: unknown) => void,
): Promise<HandledOutcome> {
  const attributes = {
    ...attributesOf('process', kind.name),
    'messaging.message.id': fact.id,
    'messaging.consumer.group.name': consumer.name,
    ...ownerAttributes(fact.data),
    ...(delivery > 1 && { 'vox.delivery': delivery }),
  };
  const parent = contextOf(fact.traceparent);
  const cause = fact.traceparent === undefined ? undefined : trace.getSpanContext(parent);
  const links = cause === undefined ? [] : [{ context: cause }];
  const started = performance.now();
  const span = { name: `process ${kind.name}`, kind: SpanKind.CONSUMER, attributes, parent, links };
  const outcome = await inSpan(span, handle).catch((error: unknown): HandledOutcome => {
    onThrow(error);
    return error instanceof Fault && error.code === 'UNAVAILABLE' ? 'wait' : 'retry';
  });
  const labels = { consumer: consumer.name, outcome: typeof outcome === 'string' ? outcome : 'reject' };
  deliveries.add(1, labels);
  handling.record(secondsSince(started), labels);
  return outcome;
}

export const asking = <R>(
  question: Question,
  name: string,
  send: (traceparent: string | undefined) => Promise<R>,
): Promise<R> =>
  inSpan(
    {
      name: `ask ${question.service} ${question.name}`,
      kind: SpanKind.CLIENT,
      attributes: attributesOf('send', name),
      parent: context.active(),
    },
    (own) => send(traceparentOf(own)),
  );

export async function answering<R>(
  question: Question,
  name: string,
  traceparent: string | undefined,
  handle: () => Promise<R>,
): Promise<R> {
  const span = { name: `answer ${question.service} ${question.name}`, kind: SpanKind.SERVER };
  const started = performance.now();
  try {
    return await inSpan({ ...span, attributes: attributesOf('process', name), parent: contextOf(traceparent) }, handle);
  } finally {
    answeringTime.record(secondsSince(started), { question: `${question.service}.${question.name}` });
  }
}

const secondsSince = (startedMs: number): number => (performance.now() - startedMs) / 1_000;

type SpanOptions = Readonly<{
  name: string;
  kind: SpanKind;
  attributes: Attributes;
  parent: Context;
  links?: Link[];
}>;

async function inSpan<R>(
  { name, kind, attributes, parent, links = [] }: SpanOptions,
  run: (own: Context) => Promise<R>,
): Promise<R> {
  const span = tracer.startSpan(name, { kind, attributes, links }, parent);
  const own = trace.setSpan(parent, span);
  try {
    return await context.with(own, () => run(own));
  } catch (error) {
    // Only the name: a message could repeat what was sent.
    const type = error instanceof Fault ? error.code : error instanceof Error ? error.name : 'error';
    // A refusal is an answer. What broke is an error.
    if (!(error instanceof Fault) || broke.has(error.code))
      span.setStatus({ code: SpanStatusCode.ERROR, message: type }).setAttribute('error.type', type);
    else span.setAttribute('vox.reason', type);
    throw error;
  } finally {
    span.end();
  }
}
