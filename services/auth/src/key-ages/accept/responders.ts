import { ListWidgetKeys, ReadWidgetKeyUsage } from '@vox/contracts';
import type { Bus, Consumption } from '@vox/platform/bus';
import { listWidgetKeys, readWidgetKeyUsage, type ShowKeyUseDependencies } from '../command/show-key-use.ts';

export type KeyAgeResponderDependencies = ShowKeyUseDependencies & Readonly<{ bus: Pick<Bus, 'answer'> }>;

export const keyAgeResponders = async (dependencies: KeyAgeResponderDependencies): Promise<Consumption[]> => [
  await dependencies.bus.answer(ReadWidgetKeyUsage, (request) => readWidgetKeyUsage(dependencies, request)),
  await dependencies.bus.answer(ListWidgetKeys, (request) => listWidgetKeys(dependencies, request)),
];
