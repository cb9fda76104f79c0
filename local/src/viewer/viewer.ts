import type { RequestListener } from 'node:http';
import { listen } from '@vox/platform/http';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { pagesOfThisMachine, sendPage } from '../page/own-machine.ts';
import { type LiveFacts, liveFacts } from './live-facts.ts';
import { spansIn, TracesRequest } from './otlp.ts';
import { factsPage, samplesPage, tracePage, tracesPage, viewerPolicy } from './pages.ts';
import { type ScrapedCopy, scrape } from './samples.ts';
import type { SeenSpan } from './span.ts';
import { keepTraces, type Traces } from './traces.ts';

export type Viewer = Readonly<{
  /** Where the pages are, and where OTLP/HTTP with JSON is taken (`/v1/traces`). */
  url: string;
  traces: Traces;
  facts: LiveFacts;
  /** The environment with which a process sends its traces here. */
  env: Readonly<Record<string, string>>;
  close: () => Promise<void>;
}>;

export type ViewerOptions = Readonly<{
  /** Any free port when left out. */
  port?: number;
  copies?: () => readonly ScrapedCopy[];
  /** Metrics of this process, which are then a copy too. */
  metrics?: RequestListener | undefined;
}>;

const host = '127.0.0.1';
const bytesMax = 8 * 1024 ** 2;

/** Shows traces, facts and metrics on pages of this machine: enough to look at one call. All of it is in memory. */
export async function openViewer({ port = 0, copies = () => [], metrics }: ViewerOptions = {}): Promise<Viewer> {
  let ownPort = '';
  const isOwn = ({ attributes }: SeenSpan): boolean => attributes['server.port'] === ownPort && ownPort !== '';
  const traces = keepTraces(isOwn);
  const facts = liveFacts();
  const scraped = (): readonly ScrapedCopy[] =>
    metrics === undefined ? copies() : [...copies(), { name: 'this process', url: `http://${host}:${ownPort}` }];
  const door = await listen(appOf({ traces, facts, scraped, metrics }), { host, port });
  ownPort = String(door.port);
  return {
    ...{ url: door.url, traces, facts },
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: door.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_BSP_SCHEDULE_DELAY: '500',
    },
    close: () => door.close(0),
  };
}

type Shown = Readonly<{ traces: Traces; facts: LiveFacts; scraped: () => readonly ScrapedCopy[] }> &
  Pick<ViewerOptions, 'metrics'>;

function appOf({ traces, facts, scraped, metrics }: Shown): Express {
  const app = pagesOfThisMachine();
  const page = (response: Response, show: (nonce: string) => string): void => sendPage(response, viewerPolicy, show);
  if (metrics !== undefined) app.get('/metrics', (request, response) => metrics(request, response));
  app.get('/', (_request, response) => page(response, (nonce) => tracesPage(traces.all(), nonce)));
  app.get('/traces/:id', ({ params: { id } }, response, next) => {
    const trace = traces.named(id);
    if (trace === undefined) next();
    else page(response, (nonce) => tracePage(trace, nonce));
  });
  app.get('/facts', (_request, response) => page(response, (nonce) => factsPage(facts.last(), nonce)));
  app.get('/facts/events', (_request, response) => sendEvents(response, facts));
  app.get('/samples', async (_request, response) => {
    const samples = await scrape(scraped());
    page(response, (nonce) => samplesPage(samples, nonce));
  });
  // A page of another site may send a form or a text, and must ask before it sends JSON. Nobody answers that.
  app.post('/v1/traces', express.json({ limit: bytesMax, type: 'application/json' }), ({ body }, response) => {
    const read = TracesRequest.safeParse(body);
    if (read.success) traces.take(spansIn(read.data));
    response.status(read.success ? 200 : 400).json({});
  });
  // A body that is no JSON, or too much of it.
  app.use('/v1/traces', (_error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    response.status(400).json({});
  });
  app.use((_request, response) => void response.status(404).type('text').send('There is nothing here.'));
  return app;
}

const keepAliveMs = 15_000;

/** Facts as Server-Sent Events. A page that reads too slowly is left, and comes back. */
function sendEvents(response: Response, facts: LiveFacts): void {
  response.set({ 'Content-Type': 'text/event-stream' }).flushHeaders();
  const stop = facts.listen((fact) => {
    if (!response.write(`data: ${JSON.stringify(fact)}\n\n`)) response.destroy();
  });
  const beat = setInterval(() => response.write(': \n\n'), keepAliveMs);
  response.on('close', () => {
    clearInterval(beat);
    stop();
  });
}
