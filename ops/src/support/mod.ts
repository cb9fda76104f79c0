export { type BundleSource, bundleOf } from './bundle.ts';
