import { subjectNameOfSignal } from '@vox/contracts';
import type { Signals } from '../bus.ts';

/** Signals within one process. They are encoded and parsed, so that a wrong shape is not heard here either. */
export function memorySignals(): Signals {
  const listeners = new Map<string, ReadonlySet<(text: string) => void>>();
  return {
    signal(kind, scope, data) {
      const text = JSON.stringify(kind.data.parse(data));
      for (const hear of listeners.get(subjectNameOfSignal(kind, scope)) ?? []) setImmediate(hear, text);
    },
    async listen(kind, scope, heard) {
      const name = subjectNameOfSignal(kind, scope);
      const hear = (text: string): void => {
        const read = kind.data.safeParse(JSON.parse(text));
        if (read.success && listeners.get(name)?.has(hear)) heard(read.data as never);
      };
      listeners.set(name, new Set([...(listeners.get(name) ?? []), hear]));
      return {
        async stop() {
          const others = new Set([...(listeners.get(name) ?? [])].filter((each) => each !== hear));
          if (others.size === 0) listeners.delete(name);
          else listeners.set(name, others);
        },
      };
    },
  };
}
