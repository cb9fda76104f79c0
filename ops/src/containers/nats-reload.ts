import { reloadNats } from './reload-nats.ts';

// Lets the NATS server whose processes this container sees read its configuration again: MONITOR, its address.
const [monitorUrl = 'http://nats:8222'] = process.argv.slice(2);
/** The server is the first process of its container. */
const server = 1;
try {
  await reloadNats({ monitorUrl, signal: () => process.kill(server, 'SIGHUP'), patienceMs: 20_000 });
  process.stdout.write('the NATS server has read its configuration again\n');
} catch (error) {
  process.stderr.write(`nats-reload: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
