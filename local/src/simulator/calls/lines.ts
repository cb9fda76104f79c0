import type { Event } from './protocol.ts';

/** A connection over which a call's events go: a sideband, or the browser's data channel. */
export type Line = Readonly<{ say: (text: string) => void; close: () => void }>;

export type Lines = Readonly<{
  toAll: (events: readonly Event[]) => void;
  toOne: (line: Line, events: readonly Event[]) => void;
  takeChannel: (line: Line) => void;
  addSideband: (line: Line) => void;
  dropSideband: (line: Line) => void;
  closeSidebands: () => void;
  sidebands: () => number;
}>;

/** Every connection of one call. `channelHears` says which events the data channel gets. */
export function linesOf(channelHears: (event: Event) => boolean): Lines {
  const sidebands = new Set<Line>();
  let channel: Line | undefined;
  const hears = (line: Line, event: Event): boolean => line !== channel || channelHears(event);
  return {
    toAll(events) {
      if (sidebands.size === 0 && channel === undefined) return;
      for (const event of events) {
        const text = JSON.stringify(event);
        for (const line of sidebands) line.say(text);
        if (channel !== undefined && channelHears(event)) channel.say(text);
      }
    },
    toOne(line, events) {
      for (const event of events) if (hears(line, event)) line.say(JSON.stringify(event));
    },
    takeChannel: (line) => {
      channel = line;
    },
    addSideband: (line) => void sidebands.add(line),
    dropSideband: (line) => void sidebands.delete(line),
    closeSidebands: () => {
      for (const line of sidebands) line.close();
      sidebands.clear();
    },
    sidebands: () => sidebands.size,
  };
}
