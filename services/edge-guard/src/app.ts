import { type Policy, platform, tenantClassOf } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import { jsonReader, problemHandler } from '@vox/platform/http';
import { countDecision, type Log } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';
import express, { type Express, type Response } from 'express';
import { serveDocs } from './api-docs/mod.ts';
import { httpsOnly } from './client/accept/https-only.ts';
import { ipOf, limitKeyOf } from './client/mod.ts';
import { serveConsole } from './console/accept.ts';
import type { RouteDependencies } from './dependencies.ts';
import { type CeilingOptions, ceiling, standardCeiling } from './door/accept/ceiling.ts';
import { baseHead, carryHead } from './door/accept/head.ts';
import type { Refusals } from './door/publish/refusals.ts';
import { cors } from './origin/accept/cors.ts';
import { routes } from './routes.ts';
import { widgetAssets } from './widget/accept/assets.ts';

/** What stands around the routes works with these. */
export type AppDependencies = RouteDependencies &
  Readonly<{
    bodyBytes: number;
    /** What this copy holds at most, of all requests together. */
    ceiling?: CeilingOptions;
    /** Refuses what did not come over https, and tells browsers to use nothing else. */
    requireHttps: boolean;
    /** Whether some widget key of some tenant is bound to this origin. */
    isKnownOrigin: (origin: string) => boolean;
    refusals: Pick<Refusals, 'note'>;
    clock: Clock;
    log: Log;
  }>;

const maxDepth = 12;
/** A beacon cannot say what it carries, so plain text is read as JSON too. */
const bodyTypes = ['application/json', 'text/plain'];
const knownPaths = new Set(routes.flatMap(({ paths }) => paths));

/** The public door: what every request passes, the routes, and how a refusal is answered. */
export function edgeApp(dependencies: AppDependencies): Express {
  const { uuid, requireHttps, isKnownOrigin, bodyBytes } = dependencies;
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  // No answer of the API is the same twice, or may be kept.
  app.set('etag', false);
  const base = baseHead(requireHttps);
  carryHead(app, base);
  app.use((_request, response, next) => {
    response.locals.requestId = uuid();
    response.locals.head = base;
    next();
  });
  const door = ceiling(dependencies.ceiling ?? standardCeiling, (request) => limitKeyOf(ipOf(dependencies, request)));
  app.use(cors({ base, isKnownOrigin, openPaths: ['/api/public/widget/bootstrap'] }));
  app.use(door.enter);
  if (requireHttps) app.use(httpsOnly(dependencies));
  for (const { method, paths, handle, bodyBytes: limitBytes = bodyBytes } of routes) {
    const read = jsonReader({ limitBytes, maxDepth, types: bodyTypes });
    const readBody: typeof read = (request, response) => door.hold(request, response, () => read(request, response));
    app[method]([...paths], handle(dependencies, readBody));
  }
  app.use(widgetAssets());
  app.use(serveConsole());
  app.use(serveDocs(routes));
  app.use(() => {
    throw new Fault('NOT_FOUND');
  });
  app.use(problemHandler(dependencies.log, dependencies.clock, noteRefusal(dependencies)));
  return app;
}

/** Counts a refusal and publishes it, as one of the tenant that it is known to be of. */
const noteRefusal =
  ({ policies, refusals }: Pick<AppDependencies, 'refusals'> & PoliciesOfTenants) =>
  (fault: Fault, response: Response): void => {
    const path = String(response.req.route?.path ?? response.req.path);
    const tenantId = String(response.locals.tenantId ?? platform);
    countDecision('edge-guard', 'refused', tenantClassOf(policies.get(tenantId)), fault.code);
    refusals.note({
      tenantId,
      code: fault.code,
      scope: fault.answer.scope,
      route: knownPaths.has(path) ? path : '(none)',
    });
  };
type PoliciesOfTenants = Readonly<{ policies: Readonly<{ get: (tenantId: string) => Policy | undefined }> }>;
