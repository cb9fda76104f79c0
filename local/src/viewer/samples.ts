/** One value of a metric, as Prometheus text has it. */
export type Sample = Readonly<{ copy: string; name: string; labels: string; value: string }>;

const sample = /^(vox_[a-z0-9_]+|http_server_request_duration_seconds_(?:sum|count))(?:\{(.*)\})? (\S+)/;

/** The samples of ours in a scrape of one copy, without the buckets of histograms. */
export const samplesIn = (copy: string, text: string): Sample[] =>
  text.split('\n').flatMap((line) => {
    const [, name = '', labels = '', value = ''] = sample.exec(line) ?? [];
    if (name === '' || name.endsWith('_bucket')) return [];
    return [{ copy, name, labels: labels.replace(/,?otel_scope_[a-z_]+="[^"]*"/g, '').replace(/^,/, ''), value }];
  });

/** A copy of a service, and where it shows its metrics. */
export type ScrapedCopy = Readonly<{ name: string; url: string }>;

const scrapeMs = 2_000;

/** What copies show now. One that does not answer has no sample. */
export async function scrape(copies: readonly ScrapedCopy[]): Promise<Sample[]> {
  const all = await Promise.all(
    copies.map(({ name, url }) =>
      fetch(new URL('/metrics', url), { signal: AbortSignal.timeout(scrapeMs) }).then(
        async (answer) => samplesIn(name, await answer.text()),
        () => [],
      ),
    ),
  );
  return all.flat();
}
