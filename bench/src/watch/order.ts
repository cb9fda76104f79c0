/** What a process watches: calls at a provider, as a broker does, or with sockets that read each event and no more. */
export type WatchOrder = Readonly<{
  side: 'broker' | 'bare';
  url: string;
  apiKey: string;
  callIds: readonly string[];
}>;
