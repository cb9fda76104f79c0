import type { adminRoutes } from './admin/accept/routes.ts';
import type { callRoutes } from './calls/accept/routes.ts';
import type { changeRoutes } from './changes/accept/routes.ts';
import type { Route } from './checks/mod.ts';
import type { consentRoutes } from './consent/accept/routes.ts';
import type { liveEventRoutes } from './live-events/accept/routes.ts';
import type { loginRoutes } from './logins/accept/routes.ts';
import type { firstFactorRoutes } from './second-factors/accept/first-factor-routes.ts';
import type { secondFactorRoutes } from './second-factors/accept/routes.ts';
import type { singleSignOnRoutes } from './single-sign-on/accept/routes.ts';
import type { transcriptRoutes } from './transcripts/accept/routes.ts';
import type { widgetRoutes } from './widget/accept/routes.ts';

type Rows = readonly [
  ...typeof widgetRoutes,
  ...typeof callRoutes,
  ...typeof liveEventRoutes,
  ...typeof consentRoutes,
  ...typeof transcriptRoutes,
  ...typeof loginRoutes,
  ...typeof adminRoutes,
  ...typeof changeRoutes,
  ...typeof secondFactorRoutes,
  ...typeof firstFactorRoutes,
  ...typeof singleSignOnRoutes,
];
type UsedBy<Row> = Row extends Route<infer Uses> ? (uses: Uses) => void : never;
type All<Each> = (Each extends unknown ? Each : never) extends (uses: infer Uses) => void ? Uses : never;

/** What the checks and commands of all rows use, taken together: each of them says for itself what that is. */
export type RouteDependencies = All<UsedBy<Rows[number]>>;
