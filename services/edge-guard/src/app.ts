import { platform, tenantClassOf } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import { jsonReader, problemHandler } from '@vox/platform/http';
import { countDecision } from '@vox/platform/telemetry';
import express, { type Express } from 'express';
import { httpsOnly } from './client/accept/https-only.ts';
import { limitKeyOf } from './client/decide/address.ts';
import type { Needs } from './dependencies.ts';
import { ceiling, standardCeiling } from './door/accept/ceiling.ts';
import { baseHead, carryHead } from './door/accept/head.ts';
import { ipOf } from './limits/accept/count.ts';
import { cors } from './origin/accept/cors.ts';
import { routes } from './routes.ts';
import { widgetAssets } from './widget/accept/assets.ts';

const maxDepth = 12;
/** A beacon cannot say what it carries, so plain text is read as JSON too. */
const bodyTypes = ['application/json', 'text/plain'];
const knownPaths = new Set(routes.flatMap(({ paths }) => paths));

export function edgeApp(needs: Omit<Needs, 'readBody'>): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  // No answer of the API is the same twice, or may be kept.
  app.set('etag', false);
  const base = baseHead(needs.settings.requireHttps);
  carryHead(app, base);
  app.use((_request, response, next) => {
    response.locals.requestId = needs.uuid();
    response.locals.head = base;
    next();
  });
  const door = ceiling(needs.settings.ceiling ?? standardCeiling, (request) => limitKeyOf(ipOf(needs, request)));
  app.use(cors({ base, isKnownOrigin: needs.isKnownOrigin, openPaths: ['/api/public/widget/bootstrap'] }));
  app.use(door.enter);
  if (needs.settings.requireHttps) app.use(httpsOnly(needs.settings));
  for (const { method, paths, handle, bodyBytes: limitBytes = needs.settings.bodyBytes } of routes) {
    const read = jsonReader({ limitBytes, maxDepth, types: bodyTypes });
    const readBody: Needs['readBody'] = (request, response) =>
      door.hold(request, response, () => read(request, response));
    app[method]([...paths], handle({ ...needs, readBody }));
  }
  app.use(widgetAssets());
  app.use(() => {
    throw new Fault('NOT_FOUND');
  });
  app.use(
    problemHandler(needs.log, needs.clock, (fault, response) => {
      const { path } = response.req;
      const tenantId = String(response.locals.tenantId ?? platform);
      countDecision('edge-guard', 'refused', tenantClassOf(needs.policies.get(tenantId)), fault.code);
      needs.refusals.note({
        tenantId,
        code: fault.code,
        scope: fault.answer.scope,
        route: knownPaths.has(path) ? path : '(none)',
      });
    }),
  );
  return app;
}
