import autocannon from 'autocannon';

export const connections = 32;

export type Load = Readonly<{ url: string; widgetKeys: readonly string[]; oneAddress: boolean }>;
export type Pace = Readonly<{ seconds: number; perSecond?: number }>;

/**
 * Each request is another visitor: an address of its own, and another key. Without `perSecond` the loop is closed (as fast as answers come); with it the loop
 * is open, and autocannon corrects the latencies for coordinated omission.
 */
export function load({ url, widgetKeys, oneAddress }: Load, { seconds, perSecond }: Pace): Promise<autocannon.Result> {
  let visitor = 0;
  const next = (request: autocannon.Request): autocannon.Request => {
    visitor += 1;
    const address = oneAddress ? '198.18.0.1' : addressOf(visitor);
    return {
      ...request,
      headers: { ...request.headers, 'x-forwarded-for': address },
      body: JSON.stringify({ widgetKey: widgetKeys[visitor % widgetKeys.length] }),
    };
  };
  return autocannon({
    url: `${url}/api/session`,
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'https://shop.example' },
    connections,
    requests: [{ setupRequest: next }],
    duration: seconds,
    ...(perSecond === undefined ? {} : { overallRate: perSecond }),
  });
}

/** The addresses set aside for benchmarks (RFC 2544). */
const addressOf = (visitor: number): string =>
  `198.${18 + ((visitor >> 16) & 1)}.${(visitor >> 8) & 255}.${visitor & 255}`;
