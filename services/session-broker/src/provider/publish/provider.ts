import type { Agent } from '@vox/contracts';

export type SecretWanted = Readonly<{
  agent: Agent;
  model: string;
  voice: string;
  /** Whether what the visitor says is to be written down. */
  transcribed: boolean;
  timeoutMs: number;
}>;
export type ClientSecret = Readonly<{ value: string; expiresAtMs: number }>;

/** What a provider said instead of a secret. Its own words stay behind. */
export class ProviderFailure extends Error {
  readonly retryAfterMs: number;
  constructor(cause: unknown, retryAfterMs = 0) {
    super('the provider gave no answer that we can use', { cause });
    this.name = 'ProviderFailure';
    this.retryAfterMs = retryAfterMs;
  }
}

/** Whoever runs the calls. Everything it does ends within its timeout, and fails as ProviderFailure. */
export type Provider = Readonly<{
  /** A secret with which a browser may begin one call, with the tenant's settings of one agent. */
  clientSecret: (wanted: SecretWanted) => Promise<ClientSecret>;
  hangUp: (callId: string) => Promise<void>;
}>;
