import { someWidgetKey } from '@vox/testing';
import type { LiveSession } from './session.ts';

/** A session that was granted at second 0 for 900 seconds, with a secret of 30 seconds. */
export const someSession = (over: Partial<LiveSession> = {}): LiveSession => ({
  kind: 'live',
  tenantId: 'acme',
  identity: { kind: 'widget', widgetKey: someWidgetKey, visitorId: 'v_reference' },
  traceparent: '00-trace',
  claim: 1,
  sealedIdentity: 'sealed',
  address: 'a_1',
  agentId: 'guide',
  agentSetId: '00000000-0000-4000-8000-00000000000a',
  provider: 'openai',
  model: 'gpt-realtime-2.1',
  voice: 'marin',
  maxSeconds: 900,
  idleSeconds: 300,
  grantedAtMs: 0,
  endsAtMs: 900_000,
  warned: false,
  sealedSecret: 'secret',
  secretExpiresAtMs: 30_000,
  ...over,
});
