import type { Agent, KindLimits, Policy } from '@vox/contracts';

/** The platform's default limits, without those by address, which many tests share. */
export const someLimits = (over: Partial<KindLimits> = {}): KindLimits => ({
  requestsPerMinute: 120,
  burst: 20,
  sessionStartsPerMinute: 12,
  openSessions: 10,
  openSessionsPerKey: null,
  openSessionsPerPerson: 2,
  openSessionsPerAddress: null,
  startsPerAddress: null,
  startsPerPerson: null,
  sessionSeconds: 900,
  idleSeconds: 300,
  tokensPerDay: 300_000,
  tokensPerMonth: null,
  microsPerDay: 20_000_000,
  microsPerMonth: null,
  secondsPerDay: null,
  secondsPerMonth: null,
  ...over,
});

export const someWidgetKey = 'w_acme_site_0123456789abcdef';
export const someOrigin = 'https://acme.example';

/** An active tenant `acme` with one agent and one key, for tests. */
export const somePolicy = (over: Partial<Policy> = {}, limits: Partial<KindLimits> = {}): Policy => ({
  tenantId: 'acme',
  version: 1,
  status: 'active',
  halted: false,
  displayName: 'Acme',
  timeZone: 'UTC',
  country: null,
  branding: { primaryColor: '#123456' },
  disclosure: 'You are talking to a machine.',
  agents: [
    {
      agentId: 'guide',
      displayName: 'Guide',
      models: ['gpt-realtime-2.1', 'gpt-realtime-2.1-mini'],
      voices: ['marin', 'cedar'],
      openingBytes: 7,
    },
  ],
  agentSetId: '00000000-0000-4000-8000-00000000a9e7',
  keys: [
    {
      key: someWidgetKey,
      label: 'site',
      origins: [someOrigin],
      agentIds: null,
      environment: 'production',
      createdAt: null,
      revokedAt: null,
      expiresAt: null,
      halted: false,
    },
  ],
  calls: 'both',
  captions: true,
  bot: { mode: 'off', whenUnavailable: 'deny' },
  signIn: { secondFactor: 'off' },
  retention: { transcripts: 90, usage: 365, security: 365, consents: 2_190, audit: 2_190 },
  redaction: { iban: false, ssn: false, keepLastFour: false },
  consent: { disclosure: false, transcripts: false, version: '1', text: 'What you say is kept for a while.' },
  privacy: { purposes: [], recipients: [] },
  limits: { widget: someLimits(limits), console: someLimits({ openSessionsPerPerson: 1, ...limits }) },
  overrides: [],
  ...over,
});

/** The agents of a policy as separate documents, for tests. */
export const someAgents = ({ agents }: Pick<Policy, 'agents'>): Agent[] =>
  agents.map(({ openingBytes: _length, ...agent }) => ({ ...agent, instructions: 'Help.', tools: [] }));
