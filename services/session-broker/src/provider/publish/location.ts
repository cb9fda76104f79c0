/** Ids of calls as they may stand in addresses. */
export const callIdShape = /^[A-Za-z0-9_-]{1,128}$/;

/**
 * The id of a call that the provider made, by the `Location` of its answer. `isOwn` says whether it stands at the
 * provider's own origin: another's would lead our key there.
 */
export function callOf(
  location: string | null,
  baseUrl: string,
): Readonly<{ callId: string; isOwn: boolean }> | undefined {
  if (location === null || !URL.canParse(location, baseUrl)) return undefined;
  const url = new URL(location, baseUrl);
  const callId = url.pathname.split('/').at(-1) ?? '';
  return callIdShape.test(callId) ? { callId, isOwn: url.origin === new URL(baseUrl).origin } : undefined;
}
