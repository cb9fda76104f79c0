import { type Context, context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Consumer, Fact, FactKind, Question } from '@vox/contracts';
import { Fault } from '../fault/mod.ts';
import { answeringTime, deliveries, handling } from '../telemetry/mod.ts';
import type { HandledOutcome, Outcome } from './bus.ts';

const tracer = trace.getTracer('vox.bus');

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

const attributesOf = (operation: 'send' | 'process' | 'receive', destination: string) => ({
  'messaging.system': 'nats',
  'messaging.operation.type': operation,
  'messaging.operation.name': operation,
  'messaging.destination.name': destination,
});

function ownerAttributes(data: unknown) {
  const { tenantId, sessionId } = data as { tenantId?: string; sessionId?: string };
  return { ...(tenantId && { 'vox.tenant': tenantId }), ...(sessionId && { 'vox.session': sessionId }) };
}

/** Sends a fact inside a producer span, whose id the fact then carries as its `traceparent`. */
export function sending<R>(kind: FactKind, fact: Fact, send: (traced: Fact) => Promise<R>): Promise<R> {
  const attributes = {
    ...attributesOf('send', kind.name),
    'messaging.message.id': fact.id,
    ...ownerAttributes(fact.data),
  };
  return inSpan(`send ${kind.name}`, SpanKind.PRODUCER, attributes, contextOf(fact.traceparent), (own) =>
    send({ ...fact, traceparent: traceparentOf(own) ?? fact.traceparent }),
  );
}

/**
 * Runs a handler inside a consumer span, a child of the fact's span, and counts the outcome. A throw is `retry`, or
 * `wait` for a dependency that is down.
 */
export async function processing(
  consumer: Consumer,
  fact: Fact,
  kind: FactKind,
  handle: () => Promise<Outcome>,
  onThrow: (error: unknown) => void,
): Promise<HandledOutcome> {
  const attributes = {
    ...attributesOf('process', kind.name),
    'messaging.message.id': fact.id,
    'messaging.consumer.group.name': consumer.name,
    ...ownerAttributes(fact.data),
  };
  const started = performance.now();
  const outcome = await inSpan(
    `process ${kind.name}`,
    SpanKind.CONSUMER,
    attributes,
    contextOf(fact.traceparent),
    handle,
  ).catch((error: unknown): HandledOutcome => {
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
    `ask ${question.service} ${question.name}`,
    SpanKind.CLIENT,
    attributesOf('send', name),
    context.active(),
    (own) => send(traceparentOf(own)),
  );

export async function answering<R>(
  question: Question,
  name: string,
  traceparent: string | undefined,
  handle: () => Promise<R>,
): Promise<R> {
  const title = `answer ${question.service} ${question.name}`;
  const started = performance.now();
  try {
    return await inSpan(title, SpanKind.SERVER, attributesOf('process', name), contextOf(traceparent), handle);
  } finally {
    answeringTime.record(secondsSince(started), { question: `${question.service}.${question.name}` });
  }
}

const secondsSince = (startedMs: number): number => (performance.now() - startedMs) / 1_000;

async function inSpan<R>(
  name: string,
  kind: SpanKind,
  attributes: Record<string, string>,
  parent: Context,
  run: (own: Context) => Promise<R>,
): Promise<R> {
  const span = tracer.startSpan(name, { kind, attributes }, parent);
  const own = trace.setSpan(parent, span);
  try {
    return await context.with(own, () => run(own));
  } catch (error) {
    // Only the name: a message could repeat what was sent.
    span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'error' });
    throw error;
  } finally {
    span.end();
  }
}
