import type { Agent } from '@vox/contracts';

/** What the provider is told of a call. */
export type SettingsOfCall = Readonly<{ agent: Agent; model: string; voice: string; transcribed: boolean }>;
