import type { ChangeNotice } from '@vox/contracts';
import { type ChangeEvent, eventsOf, namedMax, withoutRepeats } from '../decide/change-event.ts';

/**
 * Gathers what changes within a moment, so that a busy tenant does not flood whoever follows it. What is held is
 * bounded: once there is too much to name, no more is looked at until the moment is over.
 */
export function gather(momentMs: number, say: (event: ChangeEvent) => void) {
  let heard: ChangeNotice[] = [];
  let timer: NodeJS.Timeout | undefined;
  const tell = (): void => {
    timer = undefined;
    for (const event of eventsOf(heard.splice(0))) say(event);
  };
  return {
    hear(notice: ChangeNotice): void {
      if (heard.length > namedMax) heard = withoutRepeats(heard);
      if (heard.length <= namedMax) heard.push(notice);
      timer ??= setTimeout(tell, momentMs);
    },
    stop(): void {
      clearTimeout(timer);
      heard = [];
    },
  };
}
