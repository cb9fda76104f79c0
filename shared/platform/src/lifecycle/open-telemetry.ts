import type { RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import { metrics } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { ExpressInstrumentation, ExpressLayerType } from '@opentelemetry/instrumentation-express';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { IORedisInstrumentation } from '@opentelemetry/instrumentation-ioredis';
import { MongoDBInstrumentation } from '@opentelemetry/instrumentation-mongodb';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { NodeSDK, type NodeSDKConfiguration } from '@opentelemetry/sdk-node';
import { bindInstruments } from '../telemetry/mod.ts';

export type OpenTelemetry = Readonly<{ metrics: RequestListener; stop: () => Promise<void> }>;

/**
 * What is patched, so that it makes spans: a module already loaded is patched in place when it is asked for once more.
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

/** Health checks and scrapes are no requests of a visitor. */
const isPrivate = (url = ''): boolean => /^\/(livez|readyz|metrics)$/.test(url);

/**
 * Starts traces and metrics. Spans leave the process only where the standard OTEL_* variables name an exporter or an
 * endpoint; without one they still give logs and messages their trace ids. `processors` take them instead, for a test.
 * Spans tell nothing of a person.
 */
export function startOpenTelemetry(
  service: string,
  env: Readonly<Record<string, string | undefined>>,
  processors?: NodeSDKConfiguration['spanProcessors'],
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
    instrumentations: [
      new HttpInstrumentation({
        ignoreIncomingRequestHook: ({ url }) => isPrivate(url),
        startIncomingSpanHook: () => nothingOfAPerson,
      }),
      // What we ask others by fetch: the provider, and verifiers of bots.
      new UndiciInstrumentation({
        requireParentforSpans: true,
        startSpanHook: ({ origin, path }) => ({ 'url.full': origin + (path.split('?')[0] ?? ''), 'url.query': '' }),
      }),
      // It tells the name of a route. What a route is made of says nothing: its layers are functions, most without a
      // name.
      new ExpressInstrumentation({ ignoreLayersType: Object.values(ExpressLayerType) }),
      new IORedisInstrumentation({ dbStatementSerializer: (command) => command, requireParentSpan: true }),
      // Its own serializer hides values and shows keys, and some keys are visitors.
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
 * The exporter appends no unit to the name of a metric, as it should
 * (opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics).
 */
const views = ['http.server.request.duration', 'http.client.request.duration'].map((name) => ({
  instrumentName: name,
  name: `${name}.seconds`,
}));

/**
 * What the instrumentation would tell of whoever asks: address and browser are personal, and a query of ours carries a
 * token.
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
      // A service that does not have the package has nothing of it to trace.
    }
  }
}
