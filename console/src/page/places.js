import { mayAsk } from './access.js';
import { operations } from './operations.js';

/** @typedef {import('./access.js').Me} Me */
/** @typedef {import('./operations.js').Operation} Operation */
/**
 * @typedef {'start' | 'sign-in' | 'second-factor' | 'overview' | 'first-call' | 'try' | 'calls' | 'call' |
 *   'transcripts' | 'keys' | 'api-keys' | 'policy' | 'tools' | 'secrets' | 'limits' | 'usage' | 'webhooks' | 'people' |
 *   'single-sign-on' | 'privacy' | 'privacy-request' | 'holds' | 'consents' | 'retention' | 'incidents' | 'incident' |
 *   'tenants' | 'platform' | 'audit' | 'account'} PlaceName
 */
/**
 * A screen with a page of its own is loaded as one: the server gives its page rights that no other has.
 * @typedef {Readonly<{name: PlaceName, path: string, needs?: Operation, inMenu?: boolean, isOutside?: boolean,
 *   hasOwnPage?: boolean}>} Place
 */

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** Every screen: where it stands, and what somebody must be allowed to ask to see it. @type {readonly Place[]} */
export const places = [
  { name: 'start', path: '/console' },
  { name: 'sign-in', path: '/console/sign-in', isOutside: true },
  { name: 'second-factor', path: '/console/second-factor', isOutside: true },
  { name: 'overview', path: '/console/overview', needs: operations.showLimits, inMenu: true },
  { name: 'first-call', path: '/console/first-call', needs: operations.showPolicy, inMenu: true },
  { name: 'try', path: '/console/try', needs: operations.showPolicy, hasOwnPage: true },
  { name: 'calls', path: '/console/calls', needs: operations.listCalls, inMenu: true },
  { name: 'call', path: '/console/calls/:id', needs: operations.showCall },
  { name: 'transcripts', path: '/console/transcripts', needs: operations.searchTranscripts, inMenu: true },
  { name: 'keys', path: '/console/keys', needs: operations.listKeys, inMenu: true },
  { name: 'api-keys', path: '/console/api-keys', needs: operations.listApiKeys, inMenu: true },
  { name: 'policy', path: '/console/policy', needs: operations.showPolicy, inMenu: true },
  { name: 'tools', path: '/console/tools', needs: operations.showAgent, inMenu: true },
  { name: 'secrets', path: '/console/secrets', needs: operations.listSecrets, inMenu: true },
  { name: 'limits', path: '/console/limits', needs: operations.showLimits, inMenu: true },
  { name: 'usage', path: '/console/usage', needs: operations.readUsage, inMenu: true },
  { name: 'webhooks', path: '/console/webhooks', needs: operations.listWebhooks, inMenu: true },
  { name: 'people', path: '/console/people', needs: operations.listMembers, inMenu: true },
  {
    ...{ name: 'single-sign-on', path: '/console/single-sign-on' },
    ...{ needs: operations.showSingleSignOn, inMenu: true },
  },
  { name: 'privacy', path: '/console/privacy', needs: operations.listPrivacyRequests, inMenu: true },
  { name: 'privacy-request', path: '/console/privacy/:id', needs: operations.showPrivacyRequest },
  { name: 'holds', path: '/console/holds', needs: operations.listHolds, inMenu: true },
  { name: 'consents', path: '/console/consents', needs: operations.searchConsents, inMenu: true },
  { name: 'retention', path: '/console/retention', needs: operations.previewRetention, inMenu: true },
  { name: 'incidents', path: '/console/incidents', needs: operations.listIncidents, inMenu: true },
  { name: 'incident', path: '/console/incidents/:id', needs: operations.showIncident },
  { name: 'tenants', path: '/console/tenants', needs: operations.listTenants, inMenu: true },
  { name: 'platform', path: '/console/platform', needs: operations.showPlatform, inMenu: true },
  { name: 'audit', path: '/console/audit', needs: operations.listAudit, inMenu: true },
  { name: 'account', path: '/console/account', needs: operations.listFactors, inMenu: true },
];

/** The screen at a path, with the id in it; `undefined` for none. @param {string} path */
export function placeAt(path) {
  const parts = path.replace(/\/$/, '').split('/');
  for (const place of places) {
    const named = place.path.split('/');
    if (named.length !== parts.length) continue;
    if (!named.every((part, at) => part === parts[at] || (part === ':id' && uuid.test(parts[at] ?? '')))) continue;
    return { place, id: named.includes(':id') ? (parts.at(-1) ?? '') : '' };
  }
  return undefined;
}

/** What stands in somebody’s menu. @param {import('./facts.js').Facts} facts @param {Me} me */
export const menuOf = (facts, me) =>
  places.filter(({ inMenu, needs }) => inMenu && (needs === undefined || mayAsk(facts, me, needs)));

/** No site: only paths are read against it. */
const nowhere = 'https://console.invalid';

/**
 * A path of the console’s own with its query, to go on to after signing in; anything else leads to the start.
 * @param {string | null} path
 */
export function safeReturn(path) {
  const to = path?.startsWith('/') && URL.canParse(path, nowhere) ? new URL(path, nowhere) : undefined;
  const found = to?.origin === nowhere ? placeAt(to.pathname) : undefined;
  return to === undefined || found === undefined || found.place.isOutside ? '/console' : to.pathname + to.search;
}
