import type { RequestListener } from 'node:http';
import { type Listening, listen } from '../http/mod.ts';
import { version } from '../status/mod.ts';

/** Whether a dependency is well, and in words what is wrong with it. */
export type Readiness = boolean | string;

export type PrivatePort = Readonly<{
  host: string;
  port: number;
  /** The readiness checks, by name. */
  ready: () => Promise<Readonly<Record<string, Readiness>>>;
  /** Whether the service has opened everything once. It stays so, whatever is down later. */
  started: () => boolean;
  metrics: RequestListener;
}>;

/**
 * Serves /livez (the process runs), /startupz (everything was opened once; until then, what it waits for), /readyz (its
 * dependencies answer; and the version) and /metrics (Prometheus text), for operators.
 */
export function servePrivately({ host, port, ready, started, metrics }: PrivatePort): Promise<Listening> {
  const answer: RequestListener = (request, response) => {
    const say = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (request.method !== 'GET') return say(405, {});
    if (request.url === '/livez') return say(200, { running: true });
    if (request.url === '/metrics') return metrics(request, response);
    if (request.url === '/startupz' && started()) return say(200, { started: true });
    if (request.url !== '/readyz' && request.url !== '/startupz') return say(404, {});
    void ready().then(
      (states) => say(Object.values(states).every((state) => state === true) ? 200 : 503, { ...states, version }),
      () => say(503, {}),
    );
  };
  return listen(answer, { host, port });
}
