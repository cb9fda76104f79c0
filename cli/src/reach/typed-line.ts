import { createInterface } from 'node:readline/promises';

/** Asks on standard error, so that standard output holds the answer alone, and reads one line. */
export async function typedLine(text: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await lines.question(text)).trim();
  } finally {
    lines.close();
  }
}
