import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { type EgressPurpose, egressDuration, egressRequests } from '../telemetry/mod.ts';
import type { EgressOutcome } from './outcome.ts';

const tracer = trace.getTracer('vox.egress');

export type Observed = Readonly<{
  purpose: EgressPurpose;
  method: string;
  /** Where it goes. Neither path nor query is told: they may hold what a visitor said. */
  host: string;
  port: number;
}>;

/**
 * Runs a request in a span of its own and counts what came of it. The stranger at the other end is told nothing of our
 * traces, and no library adds the URL.
 */
export async function observed(
  { purpose, method, host, port }: Observed,
  run: () => Promise<EgressOutcome>,
): Promise<EgressOutcome> {
  const startedMs = performance.now();
  const attributes = { 'http.request.method': method, 'server.address': host, 'server.port': port };
  const span = tracer.startSpan(method, { kind: SpanKind.CLIENT, attributes });
  const outcome = await context.with(suppressTracing(trace.setSpan(context.active(), span)), run);
  if (outcome.kind === 'answered') span.setAttribute('http.response.status_code', outcome.status);
  else span.setAttribute('error.type', outcome.reason).setStatus({ code: SpanStatusCode.ERROR });
  span.end();
  egressDuration.record((performance.now() - startedMs) / 1_000, { purpose });
  counted(purpose, outcome);
  return outcome;
}

export const counted = (purpose: EgressPurpose, outcome: EgressOutcome): void =>
  egressRequests.add(1, { purpose, outcome: outcome.kind === 'answered' ? 'answered' : outcome.reason });

/** Shows the counter before the first request, so that the first one is seen as a rise. */
export const showPurpose = (purpose: EgressPurpose): void => egressRequests.add(0, { purpose, outcome: 'answered' });
