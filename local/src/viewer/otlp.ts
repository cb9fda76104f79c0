import { z } from 'zod';
import type { SeenSpan } from './span.ts';

const Value = z.object({
  stringValue: z.string().optional(),
  intValue: z.union([z.string(), z.number()]).optional(),
  doubleValue: z.number().optional(),
  boolValue: z.boolean().optional(),
});
const Attributes = z.array(z.object({ key: z.string(), value: Value })).default([]);
const hex = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`));
const nanos = z.union([z.string().regex(/^\d{1,20}$/), z.number()]);

/** What is read of a request of OTLP/HTTP with JSON (opentelemetry.io/docs/specs/otlp, JSON Protobuf Encoding). */
export const TracesRequest = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: Attributes }).optional(),
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              traceId: hex(32),
              spanId: hex(16),
              parentSpanId: z.union([hex(16), z.literal('')]).optional(),
              name: z.string(),
              kind: z.union([z.number(), z.string()]).optional(),
              startTimeUnixNano: nanos,
              endTimeUnixNano: nanos,
              attributes: Attributes,
              status: z.object({ code: z.union([z.number(), z.string()]).optional() }).optional(),
            }),
          ),
        }),
      ),
    }),
  ),
});

const textMax = 300;
export const shortened = (value: unknown): string => String(value).slice(0, textMax);
const told = (value: z.infer<typeof Value>): unknown =>
  value.stringValue ?? value.intValue ?? value.doubleValue ?? value.boolValue ?? '';
const attributesOf = (given: z.infer<typeof Attributes>): Record<string, string> =>
  Object.fromEntries(given.slice(0, 64).map(({ key, value }) => [shortened(key), shortened(told(value))]));
const msOf = (time: string | number): number => Number(BigInt(time) / 1_000n) / 1_000;

const server = [2, 'SPAN_KIND_SERVER'];
const broken = [2, 'STATUS_CODE_ERROR'];

/** The spans of one request. */
export const spansIn = ({ resourceSpans }: z.infer<typeof TracesRequest>): SeenSpan[] =>
  resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const process = attributesOf(resource?.attributes ?? [])['service.name'] ?? 'unknown';
    return scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => ({
        ...{ traceId: span.traceId, spanId: span.spanId, parentId: span.parentSpanId || undefined, process },
        ...{ name: shortened(span.name), attributes: attributesOf(span.attributes) },
        ...{ startMs: msOf(span.startTimeUnixNano), endMs: msOf(span.endTimeUnixNano) },
        isServer: server.includes(span.kind ?? 0),
        failed: broken.includes(span.status?.code ?? 0),
      })),
    );
  });
