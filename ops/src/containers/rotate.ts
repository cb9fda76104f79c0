import { makeSecrets } from './make-secrets.ts';
import { type RotationStep, rotatedKinds, rotateSecrets, rotationSteps } from './rotate-secrets.ts';

// One step of a rotation in the folders of the job `secrets`: STEP KIND [IDENTITY]. docs/rotation.md has the rest.
const [step, kind = '', only] = process.argv.slice(2);
const [folder, serversFolder] = ['/secrets', '/servers'];
try {
  if (!rotationSteps.includes(step as RotationStep))
    throw new RangeError(
      `the step must be one of: ${rotationSteps.join(', ')}, followed by one of: ${rotatedKinds.join(', ')}`,
    );
  const done = rotateSecrets(folder, step as RotationStep, kind, only);
  await makeSecrets({
    ...{ folder, serversFolder, providerKey: process.env.OPENAI_API_KEY },
    ...{ mongoTls: process.env.MONGO_TLS !== 'false', nowMs: Date.now() },
  });
  process.stdout.write(`${step} ${kind}: ${done.join(', ')}\n`);
} catch (error) {
  process.stderr.write(`rotate: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
