import { Fault } from '@vox/platform/fault';
import { z } from 'zod';

const Turn = z.object({ role: z.string().default('user'), text: z.string() });
export type Turn = z.infer<typeof Turn>;
/** The forms that turns come in: an array, a case, or a transcript. */
const Turns = z.union([
  z.array(Turn),
  z.object({ turns: z.array(Turn) }).transform(({ turns }) => turns),
  z.object({ messages: z.array(Turn) }).transform(({ messages }) => messages),
]);
const speaker = /^(user|assistant|agent|visitor):\s+/i;

/** The turns in a file: JSON, or text with a turn on each line and “assistant: ” before those of the agent. */
export function turnsIn(file: string, content: string): Turn[] {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch {
    return content.split(/\r?\n/).flatMap((line) => {
      const role = speaker.exec(line);
      const text = role === null ? line : line.slice(role[0].length);
      return text.trim() === '' ? [] : [{ role: /^a/i.test(role?.[1] ?? '') ? 'assistant' : 'user', text }];
    });
  }
  const turns = Turns.safeParse(json);
  if (turns.success) return turns.data;
  throw new Fault('INVALID_REQUEST', {
    issues: [
      {
        path: file,
        message: 'must be an array of { "role", "text" }, an object with "turns" or "messages", or plain text',
      },
    ],
  });
}
