import type { Finding } from '@vox/ops/doctor';
import type { Command } from 'commander';
import type { Operator } from '../../reach/operator.ts';
import { withoutControls } from '../../text/without-controls.ts';
import { settingsFrom } from './bad-input.ts';
import { type PlaceOptions, placesOf } from './places.ts';

/** Servers name themselves and their copies: what they say must move no cursor. */
const harmless = ({ id, severity, what, why, mend }: Finding): Finding => ({
  ...{ id: withoutControls(id), severity, what: withoutControls(what) },
  ...{ why: withoutControls(why), mend: withoutControls(mend) },
});

/** Reads an installation. The servers' drivers are loaded with the first command that needs them. */
export async function examined({ monitor, service, ...others }: PlaceOptions, env = process.env) {
  const { doctorSchema, examine, findingsOf } = await import('@vox/ops/doctor');
  const settings = settingsFrom(doctorSchema, env);
  const over = monitor === undefined ? {} : { NATS_MONITOR_URL: monitor };
  const facts = await examine({ ...settings, ...over, ...others, services: service }, Date.now());
  return { facts, findings: findingsOf(facts).map(harmless) };
}

/** `vox doctor` */
export function doctorCommands(vox: Command, { say, print }: Operator): void {
  const doctor = vox
    .command('doctor')
    .description(
      'Reads the configuration of the servers and of VOX, and says what is wrong, why it matters and how to mend it. Changes nothing. Exits with 1 when something is grave.',
    )
    .option('--json', 'print JSON', false);
  placesOf(doctor).action(async ({ json, ...places }: PlaceOptions & { json: boolean }) => {
    const { textOf } = await import('@vox/ops/doctor');
    const { findings } = await examined(places);
    if (json) say({ findings });
    else await print(textOf(findings));
    if (findings.some(({ severity }) => severity === 'high')) process.exitCode = 1;
  });
}
