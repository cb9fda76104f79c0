import WebSocket from 'ws';
import type { WatchOrder } from './order.ts';

/** The floor: a socket for each call, which parses what comes. `onResponse` hears of each response. */
export async function bareWatches({ url, apiKey, callIds }: WatchOrder, onResponse: () => void): Promise<void> {
  for (const callId of callIds) {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/realtime?call_id=${callId}`, {
      headers: { authorization: `Bearer ${apiKey}` },
      perMessageDeflate: false,
    });
    socket.on('message', (data) => {
      if ((JSON.parse(data.toString()) as { type?: string }).type === 'response.done') onResponse();
    });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  }
}
