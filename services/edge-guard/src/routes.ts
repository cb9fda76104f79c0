import { adminRoutes } from './admin/accept/routes.ts';
import { callRoutes } from './calls/accept/routes.ts';
import { changeRoutes } from './changes/accept/routes.ts';
import type { Route as RouteOf } from './checks/mod.ts';
import { consentRoutes } from './consent/accept/routes.ts';
import type { RouteDependencies } from './dependencies.ts';
import { liveEventRoutes } from './live-events/accept/routes.ts';
import { loginRoutes } from './logins/accept/routes.ts';
import { firstFactorRoutes } from './second-factors/accept/first-factor-routes.ts';
import { secondFactorRoutes } from './second-factors/accept/routes.ts';
import { singleSignOnRoutes } from './single-sign-on/accept/routes.ts';
import { toolRoutes } from './tools/accept/routes.ts';
import { transcriptRoutes } from './transcripts/accept/routes.ts';
import { widgetRoutes } from './widget/accept/routes.ts';

export type Route = RouteOf<RouteDependencies>;

/** Every public route that decides something. The API’s document is made from this list. */
export const routes: readonly Route[] = [
  ...widgetRoutes,
  ...callRoutes,
  ...toolRoutes,
  ...liveEventRoutes,
  ...consentRoutes,
  ...transcriptRoutes,
  ...loginRoutes,
  ...adminRoutes,
  ...changeRoutes,
  ...secondFactorRoutes,
  ...firstFactorRoutes,
  ...singleSignOnRoutes,
];
