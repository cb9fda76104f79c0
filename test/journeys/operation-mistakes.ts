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
  [['tenant', 'checklist', 'nobody'], /^there is no tenant nobody\.$/],
  [['tenant', 'preview', '/nowhere.json'], /nowhere\.json does not exist\.$/],
  [['tenant', 'preview-version', 'demo', '99'], /^the version is no version of this policy that is kept\.$/],
  [['tenant', 'preview-version', 'demo', '1', '--days', '31'], /^--days must be at most 30\.$/],
  [['tenant', 'preview-version', 'nobody', '1'], /^there is no tenant nobody\.$/],
  [['incident', 'list', 'nobody'], /^there is no tenant nobody\.$/],
  [['incident', 'show', 'demo', 'x'], /^the incident must be a UUID, such as /],
  [['incident', 'export', 'nobody'], /^the option --out <file> must be given\.$/],
  [['incident', 'open', 'demo', '--title', 'a', '--risk', 'x'], /^--risk <risk> must be one of: unknown, none, /],
  [
    ['incident', 'note', 'demo', '6f9619ff-8b86-4d11-b42d-00c04fc964ff'],
    /^note must be given, or a risk, persons, authorityToldAt or personsToldAt\.$/,
  ],
  [
    ['incident', 'close', 'demo', '6f9619ff-8b86-4d11-b42d-00c04fc964ff', '--outcome', 'x'],
    /^--outcome <outcome> must be one of: no-breach, no-risk, /,
  ],
  [['backup', 'verify'], /^<file> is missing\.$/],
  [['backup', 'drill'], /^<file> is missing\.$/],
];
