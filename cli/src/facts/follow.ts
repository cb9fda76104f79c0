import type { BusView, Told, Wanted } from '@vox/platform/bus';

/**
 * What was stored since a moment, and then what is stored, each once. It ends with `signal`. A fact that comes while
 * older ones are being read waits for them.
 */
export async function* follow(view: BusView, wanted: Wanted, from: Date | undefined, signal: AbortSignal) {
  const waiting: Told[] = [];
  let wake = (): void => undefined;
  const listening = await view.listen(wanted, (told) => {
    waiting.push(told);
    wake();
  });
  signal.addEventListener('abort', () => wake());
  const last = new Map<string, number>();
  const isNew = ({ stream, place }: Told): boolean => place > (last.get(stream) ?? 0);
  try {
    if (from !== undefined)
      for await (const told of view.told(wanted, { from, to: new Date() })) {
        if (signal.aborted) return;
        last.set(told.stream, Math.max(told.place, last.get(told.stream) ?? 0));
        yield told;
      }
    while (!signal.aborted) {
      const told = waiting.shift();
      if (told !== undefined) {
        if (isNew(told)) yield told;
      } else
        await new Promise<void>((resolve) => {
          wake = resolve;
          // It may have come between the look and this promise.
          if (waiting.length > 0 || signal.aborted) resolve();
        });
    }
  } finally {
    await listening.stop();
  }
}
