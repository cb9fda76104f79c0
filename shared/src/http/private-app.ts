import express, { type Express } from 'express';

export type Readiness = Readonly<Record<string, () => Promise<boolean>>>;

/** What a service shows on its private port: whether it lives, whether it could work now, and its figures. */
export function privateApp(ready: Readiness, metricsText: () => Promise<string>): Express {
  const app = express();
  app.disable('x-powered-by');
  app.get('/livez', (_request, response) => void response.json({ ok: true }));
  app.get('/readyz', async (_request, response) => {
    const checks = await Promise.all(
      Object.entries(ready).map(async ([name, check]) => [name, await check().catch(() => false)] as const),
    );
    const ok = checks.every(([, good]) => good);
    response.status(ok ? 200 : 503).json({ ok, checks: Object.fromEntries(checks) });
  });
  app.get(
    '/metrics',
    async (_request, response) => void response.type('text/plain; version=0.0.4').send(await metricsText()),
  );
  return app;
}
