import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

/** Shows nothing of what is typed. */
const hidden = () => new Writable({ write: (_text, _encoding, done) => done() });

/** The bytes of a value from standard input: all that is piped in, or one line that a person types without seeing it. */
export async function typedValue(text: string): Promise<Buffer> {
  if (process.stdin.isTTY !== true) return buffer(process.stdin);
  process.stderr.write(text);
  const lines = createInterface({ input: process.stdin, output: hidden(), terminal: true });
  try {
    return Buffer.from(await lines.question(''));
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}
