import { platform } from '@vox/shared/contracts';
import { Fault } from '@vox/shared/fault';
import { jsonBody, problemHandler } from '@vox/shared/http';
import { countDecision } from '@vox/shared/telemetry';
import express, { type Express } from 'express';
import helmet from 'helmet';
import { cors } from './cors.ts';
import { httpsOnly } from './https-only.ts';
import type { Needs } from './needs.ts';
import { routes } from './routes.ts';
import { widgetAssets } from './widget.ts';

const maxDepth = 12;

export function edgeApp(needs: Needs): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  // No answer of the API is the same twice, or may be kept.
  app.set('etag', false);
  app.use((_request, response, next) => {
    response.locals.requestId = needs.uuid();
    next();
  });
  app.use(
    helmet({
      crossOriginResourcePolicy: { policy: 'cross-origin' },
      strictTransportSecurity: needs.settings.requireHttps && { maxAge: 31_536_000, includeSubDomains: true },
    }),
    cors({ isKnownOrigin: needs.isKnownOrigin, openPaths: ['/api/public/widget/bootstrap'] }),
  );
  if (needs.settings.requireHttps) app.use(httpsOnly(needs.settings.proxies));
  app.use(widgetAssets());
  for (const { method, paths, handle, bodyBytes: limitBytes = needs.settings.bodyBytes } of routes) {
    // A beacon cannot say what it carries, so plain text is read as JSON too.
    const body = jsonBody({ limitBytes, maxDepth, types: ['application/json', 'text/plain'] });
    app[method]([...paths], ...body, handle(needs));
  }
  app.use(() => {
    throw new Fault('NOT_FOUND');
  });
  app.use(
    problemHandler(needs.log, (fault, response) => {
      const known = routes.some(({ paths }) => paths.includes(response.req.path));
      countDecision('edge-guard', 'refused', fault.code);
      const tenantId = String(response.locals.tenantId ?? platform);
      needs.refusals.note({
        tenantId,
        code: fault.code,
        scope: fault.answer.scope,
        route: known ? response.req.path : '(none)',
      });
    }),
  );
  return app;
}
