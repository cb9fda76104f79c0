import { documentShardKey } from '@vox/platform/store';

export type ShardKey = Readonly<Record<string, 1 | 'hashed'>>;

const documents = (...collections: readonly string[]): Record<string, ShardKey> =>
  Object.fromEntries(collections.map((name) => [name, documentShardKey]));

/** Everything of a tenant's chain stands on one shard: two unique indexes hold the chain, and both begin with it. */
const chain: ShardKey = { tenantId: 1 };
/** What was said in one call stands on one shard, and the calls of a tenant are spread. */
const conversation: ShardKey = { tenantId: 1, sessionId: 1 };

/**
 * What each collection of each database is sharded by, where one replica set does not hold it any more. A unique index
 * must begin with it.
 */
export const shardKeys: Readonly<Record<string, Readonly<Record<string, ShardKey>>>> = {
  vox_auth: documents(
    ...[
      'agents',
      'api_keys',
      'call_days',
      'codes',
      'hash_keys',
      'key_ages',
      'key_days',
      'key_rings',
      'login_devices',
      'logins',
    ],
    ...['mails', 'policy_versions', 'refusal_digests', 'refusal_parts', 'rosters', 'second_factors', 'secrets'],
    'single_sign_on',
    ...['single_sign_on_domains', 'single_sign_on_flows', 'single_sign_on_links', 'spent_nonces', 'tenants'],
    ...['webhook_deliveries', 'webhook_queues', 'webhooks'],
  ),
  vox_quota: documents('budgets', 'requests', 'usage_days'),
  vox_session_broker: documents('hash_keys', 'leads', 'sessions', 'slots', 'tool_minutes', 'tool_uses', 'watchers'),
  vox_compliance: {
    audit: chain,
    audit_checkpoints: chain,
    ...documents('audit_anchors', 'audit_marks', 'calls', 'consents', 'export_parts', 'holds', 'ledger'),
    ...documents(
      'incident_signals',
      'incidents',
      'privacy_requests',
      'retention_receipts',
      'security_events',
      'sweeps',
      'transcripts',
    ),
    utterances: conversation,
  },
  vox_compliance_keys: documents('receipt_keys', 'subjects', 'tenant_keys'),
};

/** One command for each collection, for `mongosh` on a sharded cluster. */
export const shardCommands: readonly string[] = Object.entries(shardKeys).flatMap(([database, collections]) =>
  Object.entries(collections).map(
    ([collection, key]) => `sh.shardCollection('${database}.${collection}', ${JSON.stringify(key)})`,
  ),
);
