import { digitsOf, drawBytes } from '../decide/digits.ts';

/** Six digits from a cryptographically secure source. One draw in twenty is left out. */
export function drawCode(random: (size: number) => Uint8Array): string {
  for (;;) {
    const digits = digitsOf(random(drawBytes));
    if (digits !== undefined) return digits;
  }
}
