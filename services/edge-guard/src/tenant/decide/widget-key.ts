import type { PolicyKey } from '@vox/contracts';

/** The tenant that a widget key names, or `undefined` when it is no widget key. */
export const tenantOfKey = (widgetKey: string): string | undefined =>
  /^w_([a-z0-9-]{1,40})_[a-z0-9-]{1,32}_[0-9a-f]{16}$/.exec(widgetKey)?.[1];

/** Exactly as the browser sends it: no part of an origin is a pattern. */
export const mayCallFrom = (key: PolicyKey, origin: string | undefined): boolean =>
  origin !== undefined && key.origins.includes(origin);
