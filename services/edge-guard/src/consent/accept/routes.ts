import { noStore } from '@vox/platform/http';
import { body, byTokenPlace, route } from '../../checks/mod.ts';
import { clientIp } from '../../client/mod.ts';
import { bearer, tokenOfBody, widgetToken } from '../../identity/mod.ts';
import { knownAddressLimit, strangerLimit, userLimit } from '../../limits/mod.ts';
import { tokenOrigin } from '../../origin/mod.ts';
import { tenantOfRefusals } from '../../tenant/mod.ts';
import { recordConsent } from '../command/record-consent.ts';
import { ConsentAnswer, ConsentBody } from './shapes.ts';

/** What a visitor says to what it was shown. */
export const consentRoutes = [
  route({
    method: 'post',
    paths: ['/api/consent'],
    summary: 'Records what a visitor was shown and answered, and signs a receipt. `given: false` takes back.',
    credential: 'widget token',
    checks: [
      clientIp,
      strangerLimit,
      knownAddressLimit,
      bearer,
      byTokenPlace({
        inHeader: [widgetToken(), tenantOfRefusals, tokenOrigin, body(ConsentBody)],
        inBody: [body(ConsentBody), tokenOfBody, widgetToken(), tenantOfRefusals, tokenOrigin],
      }),
      userLimit,
    ],
    command: recordConsent,
    answer: ConsentAnswer,
    head: noStore,
  }),
] as const;
