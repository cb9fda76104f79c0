/**
 * Under which of our own origins a browser shows the page: the one that it names, or the one whose host it asks, or
 * the first. Whatever a request says, the answer is an origin of the installation.
 */
export function siteOf(
  ours: ReadonlySet<string>,
  { origin, host }: Readonly<{ origin: string | undefined; host: string | undefined }>,
): string | undefined {
  if (origin !== undefined && ours.has(origin)) return origin;
  const all = [...ours];
  return all.find((each) => new URL(each).host === host) ?? all[0];
}
