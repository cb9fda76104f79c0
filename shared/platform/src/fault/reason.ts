/**
 * Why something did not work, in our own words. A log repeats it, so it holds nothing that anybody sent: no value, no
 * secret, no person.
 */
export class Reason extends Error {
  constructor(words: string) {
    super(words);
    this.name = 'Reason';
  }
}
