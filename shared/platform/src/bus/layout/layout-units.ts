/** The server counts times in nanoseconds. */
export const nanosPerMs = 1_000_000;
/** The server writes a bound that is none as -1. */
export const unlimited = -1;
