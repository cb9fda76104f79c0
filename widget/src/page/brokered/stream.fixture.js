/**
 * A stream of server-sent events that a test writes. It ends with an error when its request is given up, as fetch's
 * does.
 * @param {AbortSignal} [signal]
 */
export function eventStream(signal) {
  /** @type {ReadableStreamDefaultController<Uint8Array> | undefined} */
  let control;
  const body = new ReadableStream({
    start(controller) {
      control = controller;
    },
  });
  let isOver = false;
  /** @param {() => void} finish */
  const over = (finish) => {
    if (!isOver) finish();
    isOver = true;
  };
  signal?.addEventListener('abort', () => over(() => control?.error(new DOMException('aborted', 'AbortError'))));
  return {
    answer: new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } }),
    isOver: () => isOver,
    /** @param {Uint8Array} bytes */
    send: (bytes) => control?.enqueue(bytes),
    /** @param {string} text */
    write(text) {
      this.send(new TextEncoder().encode(text));
    },
    /** @param {string} name @param {object} data @param {string} [id] */
    tell(name, data, id) {
      this.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    end: () => over(() => control?.close()),
  };
}

/** Lets everything happen that waits for nothing but its turn. */
export const turn = () => new Promise((resolve) => setImmediate(resolve));
