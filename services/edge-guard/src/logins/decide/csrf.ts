/** What a request tells of where it comes from. Pages cannot change the first two; browsers set them. */
export type Told = Readonly<{
  origin: string | undefined;
  /** Sec-Fetch-Site (Fetch Metadata). */
  fetchSite: string | undefined;
  /** X-Vox-Request: a header that no form can send, and no other site without being allowed to. */
  marker: string | undefined;
}>;

type Origins = Readonly<{ has: (origin: string) => boolean }>;

/** Whether a page of our own asks: by its Origin, or where it sends none by the browser's word. */
export const isOwnPage = ({ origin, fetchSite }: Told, ours: Origins): boolean =>
  origin === undefined ? fetchSite === 'same-origin' : ours.has(origin);

/**
 * Whether a page of another site asks. A program is no page: it sends neither header, and has no cookies that somebody
 * else could use.
 */
export const isForeignPage = (told: Told, ours: Origins): boolean =>
  (told.origin !== undefined || told.fetchSite !== undefined) && !isOwnPage(told, ours);

export const isMarked = ({ marker }: Told): boolean => marker === '1';
