/**
 * The URI that a request asks for, under the public origin of its Host header, or under the first one: the Host header
 * chooses among what we are called and says nothing else. `undefined` for what is no path of ours.
 */
export function targetUriOf(
  path: string,
  host: string | undefined,
  publicOrigins: Iterable<string>,
): string | undefined {
  const origins = [...publicOrigins];
  const origin = origins.find((each) => new URL(each).host === host?.toLowerCase()) ?? origins[0];
  return origin !== undefined && path.startsWith('/') ? `${origin}${path}` : undefined;
}
