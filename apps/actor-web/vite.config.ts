import { pagesConfig } from '@anw/web-ui/vite';
import { mergeConfig } from 'vite';
import { serviceWorker } from './vite/service-worker-plugin.js';

export default mergeConfig(pagesConfig(import.meta.dirname), { plugins: [serviceWorker(import.meta.dirname)] });
