import type { RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import { context, metrics } from '@opentelemetry/api';
import { isTracingSuppressed, W3CTraceContextPropagator } from '@opentelemetry/core';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { ExpressInstrumentation, ExpressLayerType } from '@opentelemetry/instrumentation-express';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { IORedisInstrumentation } from '@opentelemetry/instrumentation-ioredis';
import { MongoDBInstrumentation } from '@opentelemetry/instrumentation-mongodb';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { NodeSDK, type NodeSDKConfiguration } from '@opentelemetry/sdk-node';
import { bindInstruments } from '../telemetry/mod.ts';
import { samplingOf } from './sampling.ts';

export type OpenTelemetry = Readonly<{ metrics: RequestListener; stop: () => Promise<void> }>;

/**
 * The modules that are patched to make spans. A module that is loaded already is patched in place when it is required
 * once more.
 */
const instrumented = [
  'node:http',
  'express',
  'ioredis',
  'mongodb',
  'mongodb/lib/cmap/connection.js',
  'mongodb/lib/cmap/connect.js',
  'mongodb/lib/sessions.js',
];

/** Health checks and scrapes make no spans. */
const isPrivate = (url = ''): boolean => /^\/(livez|startupz|readyz|metrics)$/.test(url);

const standardSlowMs = 2_000;

/**
 * Starts traces and metrics. Spans leave the process only when the standard OTEL_* variables name an exporter or an
 * endpoint; without one they still give logs and messages their trace ids. A test gets them through `processors`
 * instead. Where only some traces are sent, those with a span that failed or took `slowMs` are sent besides. Spans hold
 * nothing about a person, and no baggage travels with them: what a browser sends as such goes nowhere.
 */
export function startOpenTelemetry(
  service: string,
  env: Readonly<Record<string, string | undefined>>,
  processors?: NodeSDKConfiguration['spanProcessors'],
  slowMs = standardSlowMs,
): OpenTelemetry {
  const exported = Object.keys(env).some((name) =>
    /^OTEL_(TRACES_EXPORTER|EXPORTER_OTLP_(TRACES_)?ENDPOINT)$/.test(name),
  );
  const prometheus = new PrometheusExporter({ preventServerStart: true });
  const sdk = new NodeSDK({
    serviceName: service,
    metricReaders: [prometheus],
    views,
    logRecordProcessors: [],
    ...(processors || !exported ? { spanProcessors: processors ?? [quiet] } : {}),
    ...(processors || exported ? samplingOf(env, slowMs, processors) : {}),
    textMapPropagator: new W3CTraceContextPropagator(),
    instrumentations: [
      new HttpInstrumentation({
        ignoreIncomingRequestHook: ({ url }) => isPrivate(url),
        startIncomingSpanHook: () => nothingOfAPerson,
      }),
      // Our requests to the provider. The way out to hosts that strangers name makes its own span, which names no path,
      // and tells no stranger of our traces.
      new UndiciInstrumentation({
        requireParentforSpans: true,
        ignoreRequestHook: () => isTracingSuppressed(context.active()),
        startSpanHook: ({ origin, path }) => ({ 'url.full': origin + (path.split('?')[0] ?? ''), 'url.query': '' }),
      }),
      // It gives the name of a route. The layers of a route say nothing: they are functions, most without a name.
      new ExpressInstrumentation({ ignoreLayersType: Object.values(ExpressLayerType) }),
      new IORedisInstrumentation({ dbStatementSerializer: (command) => command, requireParentSpan: true }),
      // Its own serializer hides values and shows keys, but some keys hold visitors' ids.
      new MongoDBInstrumentation({ requireParentSpan: true, dbStatementSerializer: () => '' }),
    ],
  });
  sdk.start();
  bindInstruments(metrics.getMeter('vox'));
  patch();
  return {
    metrics: (request, response) => prometheus.getMetricsRequestHandler(request, response),
    stop: () => sdk.shutdown(),
  };
}

/**
 * The exporter must append no unit to the name of a metric
 * (opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics).
 */
const views = ['http.server.request.duration', 'http.client.request.duration'].map((name) => ({
  instrumentName: name,
  name: `${name}.seconds`,
}));

/**
 * Attributes that the instrumentation would record of a client: address and browser are personal, and some queries
 * carry a token.
 */
const nothingOfAPerson = {
  'client.address': undefined,
  'network.peer.address': undefined,
  'network.peer.port': undefined,
  'user_agent.original': undefined,
  'url.query': undefined,
};

/** Drops every span. */
const quiet = {
  onStart: () => undefined,
  onEnd: () => undefined,
  forceFlush: async () => undefined,
  shutdown: async () => undefined,
};

function patch(): void {
  const load = createRequire(import.meta.url);
  for (const name of instrumented) {
    try {
      load(name);
    } catch {
      // A service without the package has nothing of it to trace.
    }
  }
}
