/** What says that no call can begin here until the tenant or VOX changes something. */
const codes = ['INVALID_WIDGET_KEY', 'TENANT_SUSPENDED', 'ORIGIN_MISMATCH'];
/** Ends of which the server knows whether another call may begin. Others leave that to the visitor. */
const doubtful = ['key_revoked', 'admin', 'policy', 'privacy'];

/** Whether a refusal means that every further one would be the same. @param {unknown} code */
export const bars = (code) => codes.some((each) => each === code);
/** Whether to ask the server, after such an end, if another call may begin. @param {unknown} reason */
export const asksAfter = (reason) => doubtful.some((each) => each === reason);
