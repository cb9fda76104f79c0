import { type Listening, listen } from '@vox/platform/http';
import express from 'express';

export type Span = Readonly<{
  service: string;
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  text: string;
}>;

type Attribute = { key: string; value: { stringValue?: string } };
type Exported = {
  resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: Omit<Span, 'service' | 'text'>[] }[] }[];
};

/** Spans that each call leaves, from the browser's request to its end, by service. */
export const spansOfCall: readonly string[] = [
  'edge-guard: POST /api/session',
  'edge-guard: send vox.session.requested',
  'quota: process vox.session.requested',
  'session-broker: process vox.session.admitted',
  'session-broker: send vox.session.granted',
  'session-broker: send vox.session.ended',
  'quota: process vox.session.ended',
];

/** Receives spans by OTLP over HTTP in JSON (opentelemetry.io/docs/specs/otlp) and keeps them in memory. */
export async function collector(): Promise<Readonly<{ door: Listening; spans: () => readonly Span[] }>> {
  const spans: Span[] = [];
  const app = express();
  app.use(express.json({ limit: '16mb' }));
  app.post('/v1/traces', (request, response) => {
    for (const { resource, scopeSpans } of (request.body as Exported).resourceSpans) {
      const service = resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue ?? '';
      for (const { spans: exported } of scopeSpans)
        for (const span of exported) spans.push({ ...span, service, text: JSON.stringify(span) });
    }
    response.json({});
  });
  return { door: await listen(app, { host: '127.0.0.1', port: 0 }), spans: () => spans };
}
