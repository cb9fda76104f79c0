import { operations as o } from '../operations.js';

/**
 * What can be begun from anywhere: its words, the screen that opens it, and what somebody must be allowed to ask.
 * @typedef {Readonly<{words: import('../words.js').Key, to: string, needs: import('../operations.js').Operation}>}
 *   Action
 */

/** @type {readonly Action[]} */
export const actions = [
  { words: 'try.title', to: '/console/try', needs: o.showPolicy },
  { words: 'keys.create', to: '/console/keys?do=create', needs: o.createKey },
  { words: 'apiKeys.create', to: '/console/api-keys?do=create', needs: o.createApiKey },
  { words: 'secrets.create', to: '/console/secrets?do=create', needs: o.createSecret },
  { words: 'webhooks.create', to: '/console/webhooks?do=create', needs: o.createWebhook },
  { words: 'limits.override', to: '/console/limits?do=override', needs: o.overrideLimit },
  { words: 'people.invite', to: '/console/people?do=invite', needs: o.inviteMember },
  { words: 'privacy.open', to: '/console/privacy?do=open', needs: o.openPrivacyRequest },
  { words: 'incidents.open', to: '/console/incidents?do=open', needs: o.openIncident },
  { words: 'holds.place', to: '/console/holds?do=place', needs: o.placeHold },
  { words: 'tenants.killSwitch', to: '/console/calls?do=kill-switch', needs: o.setKillSwitch },
  { words: 'calls.endAll', to: '/console/calls?do=end-all', needs: o.endCalls },
];
