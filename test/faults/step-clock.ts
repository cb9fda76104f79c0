// Preloaded into a service under test (node --import). SIGUSR2 moves the wall clock of this process by CLOCK_STEP_MS,
// as somebody may move that of a machine. Timers and the monotonic clock go on as before.
const stepMs = Number(process.env.CLOCK_STEP_MS);
const RealDate = Date;
let offsetMs = process.env.CLOCK_STEP_AT_START === 'true' ? stepMs : 0;
process.on('SIGUSR2', () => {
  offsetMs = stepMs;
});

class SteppedDate extends RealDate {
  constructor(...given: [number | string | Date] | []) {
    if (given.length === 0) super(RealDate.now() + offsetMs);
    // Every other form names a moment, which the clock does not change.
    else super(...(given as [number]));
  }
  static override now(): number {
    return RealDate.now() + offsetMs;
  }
}
globalThis.Date = SteppedDate as DateConstructor;
