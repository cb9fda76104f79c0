/** A running call, as its token names it. */
export type CallOfTenant = Readonly<{ tenantId: string; sessionId: string }>;
