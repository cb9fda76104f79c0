import { Fault } from '@vox/platform/fault';
import { type Asked, check } from '../../checks/mod.ts';
import type { OwnPages } from '../../logins/mod.ts';
import { siteOf } from '../decide/site.ts';

/** Under which of our own origins the browser shows the page. Throws Fault ORIGIN_MISMATCH under any other. */
export function siteOfRequest({ publicOrigins }: OwnPages, request: Asked['request']): string {
  const found = siteOf(publicOrigins, { origin: request.get('origin'), host: request.get('host') });
  if (found === undefined) throw new Fault('ORIGIN_MISMATCH');
  return found;
}

/** Finds under which of our own origins the browser shows the page. */
export const site = check({
  name: 'site',
  whenDown: 'no store',
  run:
    (dependencies: OwnPages) =>
    ({ request }: Asked): { site: string } => ({ site: siteOfRequest(dependencies, request) }),
});
