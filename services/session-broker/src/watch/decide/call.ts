import type { Identity } from '@vox/contracts';

/** A brokered call that is watched. Its identity is in the open, in memory alone. */
export type WatchedCall = Readonly<{
  tenantId: string;
  sessionId: string;
  /** The provider that made it. */
  provider: string;
  callId: string;
  /** Whose tools are used in it. */
  agentId: string;
  identity: Identity;
  traceparent?: string | undefined;
  /** When it began, in epoch milliseconds. */
  sinceMs: number;
  /**
   * Whether what is said was transcribed for us from the beginning; false for a call that another copy watched before.
   */
  isWhole: boolean;
  /** When its first sign of life came, if it came before this watch began. */
  connectedAtMs?: number | undefined;
  /** The hash of the settings that it began with, if another copy heard them. */
  settings?: string | undefined;
}>;

/** A call as this copy knows it: ids of two providers may be the same. */
export const callKey = ({ provider, callId }: Pick<WatchedCall, 'provider' | 'callId'>): string =>
  `${provider}/${callId}`;

/**
 * Why a watch found its call over: the provider ended it, its settings were changed again, it cannot be heard, or its
 * agent ends it.
 */
export type WatchEnd = 'provider' | 'policy' | 'lost' | 'agent';

/** How long a call that cannot be heard may be tried to be heard again. */
export const unheardMaxMs = 8_000;

/** Pauses between two tries to hear a call again. */
export const retryPauseMs = (tries: number): number => Math.min(2_000, tries === 0 ? 0 : 125 * 2 ** tries);
