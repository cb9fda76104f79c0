import { noStore } from '@vox/platform/http';
import { query, route } from '../../checks/mod.ts';
import { clientIp } from '../../client/mod.ts';
import { bearer, tokenRequired, widgetToken } from '../../identity/mod.ts';
import { addressLimit, strangerLimit } from '../../limits/mod.ts';
import { keyOrigin, tokenOrigin } from '../../origin/mod.ts';
import { tenantOfRefusals, tenantOpen } from '../../tenant/mod.ts';
import { bootstrap, renew } from '../command/bootstrap.ts';
import { showPage } from '../command/show-page.ts';
import { BootstrapAnswer } from './answers.ts';
import { framedOnly } from './framed-only.ts';
import { framer } from './framer.ts';
import { keyOfQuery } from './key-of-query.ts';
import { BootstrapQuery, WidgetQuery } from './queries.ts';
import { refusalAsPage } from './refusal-as-page.ts';
import { sendPage } from './send-page.ts';

const renewGraceSeconds = 600;

/** What a page asks before there is a call. */
export const widgetRoutes = [
  route({
    method: 'get',
    paths: ['/api/public/widget/bootstrap'],
    summary: 'What a page needs to show the widget, with a token for one visitor.',
    credential: 'widget key',
    checks: [clientIp, addressLimit, query(BootstrapQuery), keyOfQuery, tenantOfRefusals, keyOrigin, tenantOpen],
    command: bootstrap,
    answer: BootstrapAnswer,
    head: noStore,
  }),
  route({
    method: 'get',
    paths: ['/widget'],
    summary:
      'The page of the call, to be framed by the origin that its token was made for, or by the named one of its key.',
    credential: 'widget token or key',
    checks: [refusalAsPage, clientIp, strangerLimit, framedOnly, query(WidgetQuery), framer, tenantOfRefusals],
    command: showPage,
    send: sendPage,
  }),
  route({
    method: 'post',
    paths: ['/api/public/widget/renew'],
    summary: 'A fresh token for the same visitor, for one that is valid or expired less than ten minutes ago.',
    credential: 'widget token',
    checks: [
      clientIp,
      addressLimit,
      bearer,
      tokenRequired,
      widgetToken({ graceSeconds: renewGraceSeconds }),
      tokenOrigin,
      tenantOfRefusals,
      tenantOpen,
    ],
    command: renew,
    answer: BootstrapAnswer,
    head: noStore,
  }),
] as const;
