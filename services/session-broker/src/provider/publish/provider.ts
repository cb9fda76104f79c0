import type { Agent, BrowserChannel, ProviderProfile } from '@vox/contracts';

/** What the provider is told of a call: the tenant's settings of one agent. */
export type SettingsWanted = Readonly<{
  agent: Agent;
  model: string;
  voice: string;
  /** Whether the provider transcribes what the visitor says. */
  transcribed: boolean;
}>;
export type SecretWanted = SettingsWanted & Readonly<{ timeoutMs: number }>;
export type ClientSecret = Readonly<{ value: string; expiresAtMs: number }>;

export type CallWanted = SecretWanted &
  Readonly<{
    /** The browser's offer (SDP). It names its visitor's addresses. */
    offer: string;
    /** What the browser may tell the provider over a channel of its own. */
    channel: BrowserChannel;
    /** Stands for the visitor at the provider: always the same for one, and it leads to nobody. */
    safetyIdentifier: string;
  }>;
/** A call that a provider has made, with its answer to the offer. */
export type MadeCall = Readonly<{ callId: string; answer: string }>;

/** Hears the events of a call as the provider sends them, each a JSON text, until the connection closes. */
export type SidebandListener = Readonly<{ onEvent: (text: string) => void; onClosed: () => void }>;
/** The connection over which a call is heard and told. */
export type Sideband = Readonly<{ send: (event: object) => void; close: () => void }>;

/** What the provider knew of a call that we hung up. */
export type HangUpOutcome = 'hung-up' | 'unknown';

const badRequest: ReadonlySet<number | undefined> = new Set([400, 422]);

/** The provider gave no usable answer. Its own words are the cause and go to nobody else. */
export class ProviderFailure extends Error {
  readonly retryAfterMs: number;
  /** The status of its refusal, if it gave one. */
  readonly status: number | undefined;
  constructor(
    cause: unknown,
    { retryAfterMs = 0, status }: { retryAfterMs?: number; status?: number | undefined } = {},
  ) {
    super('the provider gave no answer that we can use', { cause });
    this.name = 'ProviderFailure';
    this.retryAfterMs = retryAfterMs;
    this.status = status;
  }
  /** Whether it refused what was asked for, and is well itself. */
  get isOfRequest(): boolean {
    return badRequest.has(this.status);
  }
}

/** A service that runs calls. Everything it does ends within its timeout and fails as ProviderFailure. */
export type Provider = Readonly<{
  /** Who it is, how one speaks with it, and what it can do. */
  profile: ProviderProfile;
  /** Whether it runs on this machine or network, as the simulator does: its addresses are then no public ones. */
  isNear: boolean;
  /** A secret with which a browser may begin one call under the tenant's settings of one agent. */
  clientSecret: (wanted: SecretWanted) => Promise<ClientSecret>;
  /** Makes a call with a browser's offer. A refusal of the offer has its status. */
  makeCall: (wanted: CallWanted) => Promise<MadeCall>;
  /** Opens the sideband of a call that we made. Status 404 means that there is no such call, or no more. */
  openSideband: (callId: string, listener: SidebandListener, timeoutMs: number) => Promise<Sideband>;
  /** Ends a call. Once it is answered the call is over. */
  hangUp: (callId: string) => Promise<HangUpOutcome>;
}>;

/** A call at the provider that made it. */
export type CallAt = Readonly<{ provider: string; callId: string }>;

/** The providers of an installation by their ids. One that there is not makes no calls, and knows none. */
export type Providers = Readonly<{ of: (id: string) => Provider }>;
