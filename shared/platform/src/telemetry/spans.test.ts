import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import { afterAll, expect, it } from 'vitest';
import { startOpenTelemetry } from '../lifecycle/open-telemetry.ts';
import { inToolSpan, showToolOnSpan } from './spans.ts';

const exporter = new InMemorySpanExporter();
const telemetry = startOpenTelemetry('test', {}, [new SimpleSpanProcessor({ exporter })]);
afterAll(() => telemetry.stop());

it('the span of a use of a tool names the tool once it was found, and is called unknown until then', async () => {
  await inToolSpan(
    async () => 'no such tool',
    () => undefined,
  );
  await inToolSpan(
    async () => showToolOnSpan('find_order'),
    () => undefined,
  );
  await inToolSpan(() => Promise.reject(new Error('canary')), String).catch(() => undefined);
  const told = () => exporter.getFinishedSpans().map(({ name, attributes }) => [name, attributes['gen_ai.tool.name']]);
  const unknown = ['execute_tool unknown', 'unknown'];
  // They are handed over once the SDK knows what machine it is on.
  const found = ['execute_tool find_order', 'find_order'];
  await expect.poll(told, { timeout: 4_000 }).toEqual([unknown, found, unknown]);
});
