/** Whoever waits over HTTP is refused within a second while nobody answers. */
export const soon = { timeoutMs: 900 };

/** A running call, as its token names it. */
export type CallOfTenant = Readonly<{ tenantId: string; sessionId: string }>;
