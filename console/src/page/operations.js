/**
 * `whole` is the field that the whole body is; the others then stand in the query.
 * @typedef {Readonly<{method: string, path: string, fields: readonly string[], whole?: string}>} Operation
 */

/**
 * One operation of the server, and the fields that the console sends with it.
 * @param {string} method @param {string} path @param {string[]} fields @returns {Operation}
 */
const operation = (method, path, ...fields) => ({ method, path, fields });
/** @param {string} path @param {string[]} fields */
const read = (path, ...fields) => operation('GET', `/api/v1${path}`, ...fields);
/** @param {string} path @param {string[]} fields */
const act = (path, ...fields) => operation('POST', `/api/v1${path}`, ...fields);
/** @param {string} path @param {string[]} fields */
const signIn = (path, ...fields) => operation('POST', `/api/auth${path}`, ...fields);

/** Everything that the console asks the server for. A test holds each to the server’s own table. */
export const operations = {
  sendCode: signIn('/otp/send', 'email', 'tenantId'),
  verifyCode: signIn('/otp/verify', 'email', 'code', 'tenantId', 'invitation'),
  signOut: signIn('/logout'),
  showLogin: operation('GET', '/api/auth/session'),
  completeWithTotp: signIn('/second-factor/totp', 'code'),
  completeWithRecovery: signIn('/second-factor/recovery', 'code'),
  challengeToComplete: signIn('/second-factor/passkey/options'),
  completeWithPasskey: signIn('/second-factor/passkey', 'credential'),
  beginFirstTotp: signIn('/second-factor/enrol/totp', 'name'),
  finishFirstTotp: signIn('/second-factor/enrol/totp/confirm', 'code'),
  beginFirstPasskey: signIn('/second-factor/enrol/passkey/options'),
  finishFirstPasskey: signIn('/second-factor/enrol/passkey', 'name', 'credential'),
  sendStepUpCode: signIn('/step-up/send'),
  verifyStepUpCode: signIn('/step-up/verify', 'code'),
  stepUpWithTotp: signIn('/step-up/totp', 'code'),
  stepUpWithRecovery: signIn('/step-up/recovery', 'code'),
  challengeToStepUp: signIn('/step-up/passkey/options'),
  stepUpWithPasskey: signIn('/step-up/passkey', 'credential'),

  startCall: operation('POST', '/api/session', 'agentId', 'offer'),
  endOwnCall: operation('POST', '/api/session/end', 'sm_session_id', 'authToken'),

  showMe: read('/me'),
  followChanges: read('/events'),
  listFactors: read('/second-factors'),
  listOwnLogins: read('/me/logins'),
  revokeOwnLogin: act('/me/logins/revoke', 'loginId'),
  beginTotp: act('/second-factors/totp', 'name'),
  finishTotp: act('/second-factors/totp/confirm', 'code'),
  beginPasskey: act('/second-factors/passkey/options'),
  finishPasskey: act('/second-factors/passkey', 'name', 'credential'),
  renewRecoveryCodes: act('/second-factors/recovery-codes'),
  removeFactor: act('/second-factors/remove', 'factorId'),

  showPolicy: read('/policy'),
  listVersions: read('/policy/versions', 'before', 'limit'),
  diffVersions: read('/policy/diff', 'fromVersion', 'toVersion'),
  previewPolicy: { ...act('/policy/preview', 'draft', 'days'), whole: 'draft' },
  previewVersion: act('/policy/versions/:version/preview', 'version', 'days'),
  rollBack: act('/policy/roll-back', 'version', 'reason'),
  showVersion: read('/policy/versions/:version', 'version'),
  putPolicy: { ...operation('PUT', '/api/v1/policy', 'draft', 'reason'), whole: 'draft' },
  showAgent: read('/agents/:agentId', 'agentId', 'agentSetId'),
  showChecklist: read('/checklist'),
  setKillSwitch: act('/kill-switch', 'engaged', 'reason'),

  listKeys: read('/widget-keys', 'environment', 'state', 'after', 'limit'),
  showKeyUsage: read('/widget-keys/:widgetKey/usage', 'widgetKey', 'days'),
  createKey: act('/widget-keys', 'label', 'origins', 'agentIds', 'environment', 'expiresAt', 'reason'),
  rotateKey: act('/widget-keys/:widgetKey/rotate', 'widgetKey', 'graceSeconds', 'reason'),
  revokeKey: act('/widget-keys/:widgetKey/revoke', 'widgetKey', 'reason'),

  listApiKeys: read('/api-keys'),
  createApiKey: act('/api-keys', 'label', 'env', 'scopes', 'networks', 'expiresAt', 'reason'),
  rotateApiKey: act('/api-keys/:keyId/rotate', 'keyId', 'graceSeconds', 'reason'),
  revokeApiKey: act('/api-keys/:keyId/revoke', 'keyId', 'reason'),

  lintTools: act('/tools/lint', 'tools'),
  tryTool: act('/agents/:agentId/tools/:name/try', 'agentId', 'name', 'args', 'reason'),

  listSecrets: read('/secrets'),
  createSecret: act('/secrets', 'name', 'value', 'hosts', 'reason'),
  rotateSecret: act('/secrets/:name/rotate', 'name', 'value', 'hosts', 'inForceFrom', 'reason'),
  setSecretHosts: operation('PUT', '/api/v1/secrets/:name/hosts', 'name', 'hosts', 'reason'),
  removeSecret: operation('DELETE', '/api/v1/secrets/:name', 'name', 'reason'),

  listCalls: read('/sessions', 'widgetKey', 'kind', 'after', 'limit'),
  listEndedCalls: read('/sessions/ended', ...['agentId', 'widgetKey', 'endReason', 'from', 'to', 'after', 'limit']),
  showCall: read('/sessions/:sessionId', 'sessionId'),
  readDecisions: read('/sessions/decisions', 'days'),
  endCall: act('/sessions/:sessionId/end', 'sessionId', 'reason'),
  endCalls: act('/sessions/end', 'reason'),

  showLimits: read('/limits'),
  overrideLimit: act('/limits/override', 'kind', 'limit', 'value', 'until', 'reason'),

  listWebhooks: read('/webhooks'),
  createWebhook: act('/webhooks', 'url', 'types', 'description', 'reason'),
  updateWebhook: operation(
    .../** @type {const} */ (['PUT', '/api/v1/webhooks/:endpointId']),
    ...['endpointId', 'url', 'types', 'description', 'status', 'reason'],
  ),
  rotateWebhookSecret: act('/webhooks/:endpointId/rotate-secret', 'endpointId', 'graceSeconds', 'reason'),
  removeWebhook: operation('DELETE', '/api/v1/webhooks/:endpointId', 'endpointId', 'reason'),
  pingWebhook: act('/webhooks/:endpointId/ping', 'endpointId', 'reason'),
  replayWebhook: act('/webhooks/:endpointId/replay', 'endpointId', 'what', 'reason'),
  listDeliveries: read('/webhooks/:endpointId/deliveries', 'endpointId', 'state', 'after', 'limit'),

  showSingleSignOn: read('/single-sign-on'),
  putSingleSignOn: act(
    '/single-sign-on',
    ...['issuer', 'clientId', 'clientSecret', 'domains', 'isRequired', 'secondFactor', 'reason'],
  ),
  proveDomain: act('/single-sign-on/prove-domain', 'domain', 'reason'),
  removeSingleSignOn: act('/single-sign-on/remove', 'reason'),

  listMembers: read('/members'),
  inviteMember: act('/members', 'email', 'role', 'reason'),
  changeRole: act('/members/:memberId/role', 'memberId', 'role', 'reason'),
  removeMember: operation('DELETE', '/api/v1/members/:memberId', 'memberId', 'reason'),
  resetFactors: act('/members/:memberId/reset-factors', 'memberId', 'reason'),
  listLogins: read('/logins'),
  revokeLogin: act('/logins/revoke', 'loginId', 'reason'),

  listAudit: read('/audit', 'from', 'to', 'actor', 'action', 'limit', 'before'),
  exportAudit: act('/audit/export', 'filter', 'from', 'requestId'),
  verifyAudit: act('/audit/verify', 'from'),
  listReceiptKeys: read('/receipt-keys'),

  listPrivacyRequests: read('/privacy-requests', 'state', 'kind', 'overdue', 'after', 'limit'),
  openPrivacyRequest: act(
    '/privacy-requests',
    'privacyRequestId',
    'kind',
    'identifiers',
    'law',
    'receivedAt',
    'reason',
  ),
  showPrivacyRequest: read('/privacy-requests/:privacyRequestId', 'privacyRequestId'),
  readExport: read('/privacy-requests/:privacyRequestId/export', 'privacyRequestId', 'part', 'reason'),

  listHolds: read('/legal-holds', 'after', 'limit'),
  placeHold: act('/legal-holds', 'scope', 'reason'),
  releaseHold: act('/legal-holds/:holdId/release', 'holdId', 'reason'),

  searchConsents: act(
    '/consents/search',
    ...['purpose', 'given', 'from', 'to', 'sessionId', 'identifiers', 'after', 'limit'],
  ),

  previewRetention: act('/retention/preview', 'retention'),
  listRetentionReceipts: read('/retention/receipts', 'class', 'after', 'limit'),

  listIncidents: read('/incidents', 'state', 'overdue', 'after', 'limit', 'separator'),
  openIncident: act('/incidents', 'incidentId', 'title', 'note', 'awareAt', 'risk', 'reason'),
  showIncident: read('/incidents/:incidentId', 'incidentId'),
  noteIncident: act(
    '/incidents/:incidentId/notes',
    ...['incidentId', 'note', 'risk', 'persons', 'authorityToldAt', 'personsToldAt', 'reason'],
  ),
  closeIncident: act('/incidents/:incidentId/close', 'incidentId', 'outcome', 'authorityToldAt', 'reason'),

  searchTranscripts: act(
    '/transcripts/search',
    ...['sessionId', 'identifiers', 'agentId', 'from', 'to', 'after', 'limit'],
  ),
  readTranscript: read('/transcripts/:sessionId', 'sessionId', 'reason', 'requestId', 'after'),

  readUsage: read('/usage', 'from', 'to', 'by', 'kind', 'cursor', 'limit', 'separator'),

  listTenants: read('/tenants', 'after', 'limit'),
  setTenantStatus: act('/tenants/:tenantId/status', 'tenantId', 'status', 'reason'),
  endCallsOfTenant: act('/tenants/:tenantId/sessions/end', 'tenantId', 'reason'),

  showPlatform: read('/platform/status'),
  listDeadLetters: read('/platform/dead-letters', 'consumer', 'after', 'limit'),
  replayLetters: act('/platform/dead-letters/:letters/replay', 'letters', 'reason'),
  dropLetters: act('/platform/dead-letters/:letters/drop', 'letters', 'reason'),
};
