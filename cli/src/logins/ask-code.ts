import { Fault } from '@vox/platform/fault';
import type { Person } from '../reach/person.ts';

const tries = 3;

/** Asks for a code and gives it to the server, again while it is wrong. */
export async function askCode<T>(person: Person, text: string, give: (code: string) => Promise<T>): Promise<T> {
  for (let left = tries - 1; ; left -= 1) {
    const code = (await person.question(text)).replaceAll(' ', '');
    try {
      return await give(code);
    } catch (error) {
      const isWrong = error instanceof Fault && (error.code === 'INVALID_OTP' || error.code === 'INVALID_REQUEST');
      if (!isWrong || left === 0) throw error;
      person.note('This code is not the one. Type it once more.');
    }
  }
}
