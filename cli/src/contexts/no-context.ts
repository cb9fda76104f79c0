import { invalidField } from '@vox/platform/fault';
import type { Command } from 'commander';

/** What asks the servers themselves, or keeps what it needs under the environment: a context names none of that. */
const others = /^(doctor|scale-check|bench|support|backup|restore|sign)\b|^(login|logout)$/;

const pathOf = (command: Command): string =>
  command.parent?.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();

/**
 * Refuses a context that is named for a command that would not go by it: it would read, or restore over, another
 * installation than the one that was named.
 */
export function refuseContext(vox: Command): void {
  vox.hook('preAction', (_vox, action) => {
    const path = pathOf(action);
    if (vox.opts<{ context?: string }>().context === undefined || !others.test(path)) return;
    throw invalidField('--context', `is not for vox ${path}: it goes by its arguments and the environment alone`);
  });
}
