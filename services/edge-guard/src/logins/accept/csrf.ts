import { Fault, invalidField } from '@vox/platform/fault';
import type { Request } from 'express';
import { type Asked, check } from '../../checks/mod.ts';
import { isForeignPage, isMarked, isOwnPage, type Told } from '../decide/csrf.ts';

/** The origins under which browsers reach this door: what its own pages are of. */
export type OwnPages = Readonly<{ publicOrigins: ReadonlySet<string> }>;

const toldBy = (request: Request): Told => ({
  origin: request.get('origin'),
  fetchSite: request.get('sec-fetch-site'),
  marker: request.get('x-vox-request'),
});

/** A form sends text/plain, and other pages may too; JSON they may not without asking first. */
function jsonAlone(request: Request): void {
  if (request.is('application/json') === false) throw invalidField('(body)', 'must be sent as application/json');
}

/**
 * Refuses what another site made a browser send with its cookies. Throws Fault ORIGIN_MISMATCH for another page, Fault
 * FORBIDDEN without `X-Vox-Request: 1`, and Fault INVALID_REQUEST for a body that is no JSON.
 */
export function refuseForgery({ publicOrigins }: OwnPages, request: Request): void {
  const told = toldBy(request);
  if (!isOwnPage(told, publicOrigins)) throw new Fault('ORIGIN_MISMATCH');
  if (!isMarked(told)) throw new Fault('FORBIDDEN', { message: 'the header X-Vox-Request: 1 is missing' });
  jsonAlone(request);
}

/** Refuses a change that another site made a browser ask for: for every row that changes something by cookie. */
export const csrf = check({
  name: 'csrf',
  whenDown: 'no store',
  run:
    (dependencies: OwnPages) =>
    ({ request }: Asked): void =>
      refuseForgery(dependencies, request),
});

/**
 * Refuses the pages of other sites before anybody has a login: none may sign a visitor of its own in here. Programs may
 * sign in.
 */
export const ownPage = check({
  name: 'own page',
  whenDown: 'no store',
  run:
    ({ publicOrigins }: OwnPages) =>
    ({ request }: Asked): void => {
      if (isForeignPage(toldBy(request), publicOrigins)) throw new Fault('ORIGIN_MISMATCH');
      jsonAlone(request);
    },
});
