/** Whoever waits over HTTP is refused within a second while nobody answers. */
export const soon = { timeoutMs: 900 };
