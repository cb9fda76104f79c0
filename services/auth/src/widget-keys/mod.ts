export { workingWidgetKeys } from './command/working-widget-keys.ts';
