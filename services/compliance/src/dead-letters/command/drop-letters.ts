import { type DropDeadLetters, platform } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { z } from 'zod';
import { type RecordDependencies, recordAct } from '../../audit/mod.ts';

type Asked = z.infer<(typeof DropDeadLetters)['request']>;
type Reply = z.input<(typeof DropDeadLetters)['reply']>;
export type DropLetters = RecordDependencies & Readonly<{ bus: Pick<Bus, 'letter' | 'dropLetter'> }>;

/** Erases each letter, once the audit log has who wanted it gone, and of which consumer it was. */
export const dropLetters =
  (dependencies: DropLetters) =>
  async ({ letters, ...by }: Asked): Promise<Reply> => {
    const told: Reply['letters'] = [];
    for (const place of letters) {
      const letter = await dependencies.bus.letter(place);
      if (letter !== undefined) {
        const act = { tenantId: platform, action: 'dead-letter.drop', target: `dead-letter:${place}` };
        const details = { consumer: letter.consumer, stream: letter.stream, sequence: letter.sequence };
        await recordAct(dependencies, { ...act, ...by, details, outcome: 'done' });
      }
      const isGone = letter === undefined || !(await dependencies.bus.dropLetter(place));
      told.push({ letter: place, outcome: isGone ? 'gone' : 'dropped' });
    }
    return { letters: told };
  };
