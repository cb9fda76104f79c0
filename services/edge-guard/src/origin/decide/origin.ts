/** Who a request says that it is from. */
export type Asker = Readonly<{
  /**
   * The Origin header. A browser sets it on every request but a plain GET of its own site, and no page can change it.
   */
  origin: string | undefined;
  /** What a page of our own names: the origin that alone may frame it. */
  framedBy: string | undefined;
}>;

/** The origins of a door that only this machine reaches. */
export const loopbackOrigins = (port: number): readonly string[] => [
  `http://127.0.0.1:${port}`,
  `http://localhost:${port}`,
];

type Origins = Readonly<{ has: (origin: string) => boolean }>;

/**
 * Whether a page may use a widget token: one of the origin that the token was made for, or our own page, framed for
 * that origin. Absence and `null` are nobody's.
 */
export function mayUseToken(tokenOrigin: string, { origin, framedBy }: Asker, ours: Origins): boolean {
  if (origin === undefined || !(origin === tokenOrigin || ours.has(origin))) return false;
  return framedBy === undefined || framedBy === tokenOrigin;
}

/**
 * Whether a page may speak for a call. A server that holds the call's token sends no Origin and may; a page may that is
 * our own, or of an origin of the call's widget key.
 */
export const maySpeakForCall = (origin: string | undefined, ofKey: readonly string[], ours: Origins): boolean =>
  origin === undefined || ours.has(origin) || ofKey.includes(origin);
