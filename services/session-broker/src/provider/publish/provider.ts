import type { Agent } from '@vox/contracts';

export type SecretWanted = Readonly<{
  agent: Agent;
  model: string;
  voice: string;
  /** Whether the provider transcribes what the visitor says. */
  transcribed: boolean;
  timeoutMs: number;
}>;
export type ClientSecret = Readonly<{ value: string; expiresAtMs: number }>;

/** The provider gave no usable answer. Its own words are the cause and go to nobody else. */
export class ProviderFailure extends Error {
  readonly retryAfterMs: number;
  constructor(cause: unknown, retryAfterMs = 0) {
    super('the provider gave no answer that we can use', { cause });
    this.name = 'ProviderFailure';
    this.retryAfterMs = retryAfterMs;
  }
}

/** The service that runs the calls. Everything it does ends within its timeout and fails as ProviderFailure. */
export type Provider = Readonly<{
  /** A secret with which a browser may begin one call under the tenant's settings of one agent. */
  clientSecret: (wanted: SecretWanted) => Promise<ClientSecret>;
  hangUp: (callId: string) => Promise<void>;
}>;
