import { OTLPTraceExporter as GrpcExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import {
  BatchSpanProcessor,
  createAlwaysRecordSampler,
  ParentBasedSampler,
  type Sampler,
  type SpanExporter,
  type SpanProcessor,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace';
import { localTail } from './local-tail.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** How spans are chosen and where they go, where the SDK is not left to its own reading of OTEL_*. */
export type Sampling = Readonly<{ sampler: Sampler; spanProcessors: SpanProcessor[] }>;

const numberOf = (value: string | undefined): number | undefined =>
  value === undefined || value.trim() === '' || !(Number(value) >= 0) ? undefined : Number(value);

/**
 * With a sampler that draws lots (OTEL_TRACES_SAMPLER is `traceidratio` or `parentbased_traceidratio`), spans that it
 * does not choose are recorded too, and those of a failed or slow trace are sent. `undefined` for every other sampler:
 * the SDK does then what the variables say. `processors` stand in the place of the exporter.
 */
export function samplingOf(env: Env, slowMs: number, processors?: readonly SpanProcessor[]): Sampling | undefined {
  const ratio = numberOf(env.OTEL_TRACES_SAMPLER_ARG);
  if (ratio === undefined || ratio > 1) return undefined;
  const lots = new TraceIdRatioBasedSampler(ratio);
  const drawn = { traceidratio: lots, parentbased_traceidratio: new ParentBasedSampler({ root: lots }) };
  const sampler = drawn[(env.OTEL_TRACES_SAMPLER ?? '') as keyof typeof drawn];
  if (sampler === undefined || (processors === undefined && !isOtlp(env))) return undefined;
  const inner = processors ?? [new BatchSpanProcessor({ exporter: exporterOf(env), ...batchOf(env) })];
  return {
    sampler: createAlwaysRecordSampler(sampler),
    spanProcessors: inner.map((each) => localTail(each, { slowMs })),
  };
}

const isOtlp = ({ OTEL_TRACES_EXPORTER: named }: Env): boolean => ['', 'otlp'].includes(named ?? '');

function exporterOf(env: Env): SpanExporter {
  const protocol = env.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL ?? env.OTEL_EXPORTER_OTLP_PROTOCOL;
  if (protocol === 'grpc') return new GrpcExporter();
  return protocol === 'http/json' ? new JsonExporter() : new ProtobufExporter();
}

/** What the SDK reads for its own batches (opentelemetry.io/docs/languages/sdk-configuration). */
function batchOf(env: Env) {
  const read = {
    maxQueueSize: numberOf(env.OTEL_BSP_MAX_QUEUE_SIZE),
    scheduledDelayMillis: numberOf(env.OTEL_BSP_SCHEDULE_DELAY),
    exportTimeoutMillis: numberOf(env.OTEL_BSP_EXPORT_TIMEOUT),
    maxExportBatchSize: numberOf(env.OTEL_BSP_MAX_EXPORT_BATCH_SIZE),
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}
