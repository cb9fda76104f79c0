const out = ['--out', '/nowhere/bundle.zip'];

/** Mistakes in what an operator asks of the installation itself, and the sentences that answer them. */
export const operationMistakes: readonly (readonly [readonly string[], RegExp])[] = [
  [['bench', 'smoke'], /^the option --url <url> must be given\.$/],
  [['support', 'bundle'], /^the option --out <file> must be given\.$/],
  [['support', 'bundle', ...out], /^--out names a folder that does not exist: \/nowhere\./],
  [['support', 'bundle', ...out, '--lines', '0'], /^--lines <count> must be a whole number from 1 to 20000; “0” was/],
  [
    ['doctor', '--monitor', 'nats:8222'],
    /^--monitor <url> must begin with http:\/\/ or https:\/\/; “nats:8222” was given/,
  ],
  [['doctor', '--secrets', '/nowhere'], /^--secrets <folder> must name a folder that is there; “\/nowhere” was given/],
  [['scale-check', '--calls-per-second', '1'], /^the option --open-calls <number> must be given\.$/],
];
